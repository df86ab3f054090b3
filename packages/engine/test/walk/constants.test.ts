import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALL_TIME } from '../../src/plan/time-bounds.js'
import { overlapAt } from '../../src/read/page-walk/log.js'
import { orderOf } from '../../src/read/page-walk/order.js'
import { SEED } from '../model/run-history.js'
import { drive } from './drive.js'
import { honestWalk } from './plan-arbitraries.js'

const NEWEST_FIRST = orderOf({ field: 'createdAt', direction: 'desc' }, 0, ALL_TIME)

test('a page has to show the row above the last one also where the time of neither is known', () => {
  const rows = ['3', '2', '1'].map((id) => ({ id, sentAt: null }))
  expect(overlapAt({ rows, isPartial: false, spread: 0 }, NEWEST_FIRST, rows.length)).toBe(2)
})

test('pages share more rows once a table has shrunk, and never by a tenth of a page', () => {
  let most = 0
  for (const plan of fc.sample(honestWalk, { numRuns: 300, seed: SEED })) {
    drive(plan, ({ after }) => {
      most = Math.max(most, after.state.margin)
    })
  }
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(10)
})

test('a log is bounded, however long the list is', () => {
  let longest = 0
  const plans = fc.sample(honestWalk, { numRuns: 10, seed: SEED })
  for (const { history, ...rest } of plans) {
    const upstreams = history.upstreams.map((upstream) => ({ ...upstream, rows: 2500 }))
    drive(
      { ...rest, history: { ...history, range: null, upstreams }, answers: [{ rows: 2500, pages: null }] },
      (taken) => {
        longest = Math.max(longest, taken.after.state.log.rows.length)
      },
    )
  }
  expect(longest).toBeGreaterThan(1000)
  expect(longest).toBeLessThan(1500)
})
