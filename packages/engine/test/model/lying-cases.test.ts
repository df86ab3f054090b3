import { describe, expect, it } from 'vitest'
import { LYING_CASES } from './lying-cases.js'
import type { Step } from './plan.js'
import { runHistory } from './run-history.js'
import type { Verdict } from './verdict.js'

const HUNDREDS: readonly Step[] = [1, 2, 3].map(() => ({ do: 'page', first: 100, budget: null, upTo: 1 }))
const IN_SMALL: readonly Step[] = [7, 20, 1].map((first) => ({ do: 'page', first, budget: 1, upTo: 1 }))
const RESTARTING: readonly Step[] = HUNDREDS.flatMap((page) => [page, { do: 'restart' }])

function namesIt(verdict: Verdict, told: (typeof LYING_CASES)[number]['told']): boolean {
  if (told instanceof RegExp) return told.test(verdict.errorOf('s0') ?? '')
  return told.some((code) => verdict.codesOf('s0').has(code))
}

describe.each(LYING_CASES)('an upstream of which $what', ({ plan, told }) => {
  it.each([
    ['hundreds', HUNDREDS],
    ['small answers of one request', IN_SMALL],
    ['hundreds, by a server that restarts', RESTARTING],
  ])('is read as well as can be, and said to lie, in %s', async (_how, steps) => {
    const verdict = await runHistory(plan, steps)
    expect(verdict.faults()).toEqual([])
    expect([...verdict.codesOf('s0'), verdict.errorOf('s0')]).toSatisfy(() => namesIt(verdict, told))
  })
})
