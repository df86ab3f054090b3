import type { Message } from '@waybill/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALL_TIME } from '../../src/plan/time-bounds.js'
import { overlapAt } from '../../src/read/page-walk/log.js'
import { orderOf } from '../../src/read/page-walk/order.js'
import { type PageSpan, startOf } from '../../src/read/page-walk/span.js'
import { beginWalk } from '../../src/read/page-walk/state.js'
import { step } from '../../src/read/page-walk/step.js'
import { SEED } from '../model/run-history.js'
import { listed } from '../model/model-list.js'
import { makeTable } from '../model/model-table.js'
import { PLAIN_UPSTREAM } from '../model/plan.js'
import { plan } from '../model/shorthand.js'
import { drive } from './drive.js'
import { honestWalk } from './plan-arbitraries.js'

const [ROW] = makeTable({ ...PLAIN_UPSTREAM, rows: 1 }, 1)
  .rows()
  .map(listed) as [Message]

const NEWEST_FIRST = orderOf({ field: 'createdAt', direction: 'desc' }, 0, ALL_TIME)

test('a page has to show the row above the last one also where the time of neither is known', () => {
  const rows = ['3', '2', '1'].map((id) => ({ id, sentAt: null }))
  expect(overlapAt({ rows, isPartial: false, spread: 0 }, NEWEST_FIRST, rows.length)).toBe(2)
})

test('pages share more rows once a table has shrunk, and never by a tenth of a page', () => {
  let most = 0
  for (const each of fc.sample(honestWalk, { numRuns: 300, seed: SEED })) {
    drive(each, ({ after }) => {
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

test('a range that would begin behind more rows than any list has is given up', () => {
  const bounds = { from: Number.NEGATIVE_INFINITY, to: -1e15 }
  let state = beginWalk(orderOf({ field: 'createdAt', direction: 'desc' }, 0, bounds), 100, { at: 'start' })
  const furthest: number[] = []
  for (let pages = 0; pages < 20 && state.ask !== null; pages += 1) {
    const { span } = state.ask
    furthest.push(startOf(span))
    state = step(state, span, { messages: endlessRows(span), parameters: [] }).state
  }
  expect(Math.max(...furthest)).toBeLessThan(2 ** 32)
  expect(Object.keys(state.notes)).toEqual(['PLACE_LOST'])
})

test('equal times that change places do not hide that every page number gives the first page', () => {
  const upstream = { rows: 300, ties: 6, lies: [{ kind: 'page-ignored' }] } as const
  const { pages } = drive({ history: plan(upstream), changes: [], answers: [], choices: [0] })
  expect(pages).toBeLessThan(8)
})

/** One row a second, without end. */
function endlessRows(span: PageSpan): Message[] {
  return Array.from({ length: span.size }, (_, position) => {
    const number = startOf(span) + position
    return { ...ROW, upstreamId: String(number), sentAt: -1000 * number }
  })
}
