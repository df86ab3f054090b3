import { expect, test } from 'vitest'
import { COUNTEREXAMPLES } from './counterexamples.js'
import { FAR_MOVED_COUNTEREXAMPLES } from './far-moved-counterexamples.js'
import { LYING_COUNTEREXAMPLES } from './lying-counterexamples.js'
import { runHistory } from './run-history.js'

test.each([...COUNTEREXAMPLES, ...FAR_MOVED_COUNTEREXAMPLES, ...LYING_COUNTEREXAMPLES])(
  'no more: %s',
  async (_was, plan, steps) => {
    const verdict = await runHistory(plan, steps)
    expect(verdict.faults()).toEqual([])
  },
)
