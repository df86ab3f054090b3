import fc from 'fast-check'
import { expect, test } from 'vitest'
import { step } from '../../src/read/page-walk/step.js'
import { SEED } from '../model/run-history.js'
import { drive, type Taken } from './drive.js'
import { honestWalk, lyingWalk } from './plan-arbitraries.js'

const WALKS = 60

function pagesOf(plans: typeof honestWalk): Taken[] {
  const pages: Taken[] = []
  for (const plan of fc.sample(plans, { numRuns: WALKS, seed: SEED }))
    drive(plan, (taken) => pages.push(taken))
  return pages
}

test('the state is plain data: a copy of it goes on in the same way', () => {
  for (const { before, requested, result, isStale, after } of pagesOf(lyingWalk)) {
    expect(step(structuredClone(before), requested, structuredClone(result), isStale)).toEqual(after)
  }
})

test('a step changes nothing of the state that it is given', () => {
  for (const { before, requested, result } of pagesOf(lyingWalk)) {
    const copy = structuredClone(before)
    step(before, requested, result)
    expect(before).toEqual(copy)
  }
})

test('a page that brought rows brings none when it comes a second time', () => {
  for (const { requested, result, after } of pagesOf(honestWalk)) {
    if (after.state.ask === null || after.rows.length === 0) continue
    const again = step(after.state, requested, result)
    expect(again.rows).toEqual([])
    expect(again.state.log.rows.map(({ id }) => id)).toEqual(after.state.log.rows.map(({ id }) => id))
  }
})

test('a walk that has ended asks for nothing, and takes no page', () => {
  const last = pagesOf(honestWalk).find(({ after }) => after.state.phase.name === 'ended')
  expect(last?.after.state.ask).toBeNull()
  expect(() => last && step(last.after.state, last.requested, last.result)).toThrow(/has ended/)
})
