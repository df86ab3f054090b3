import fc from 'fast-check'
import type { Engine, EngineSource } from '../../src/index.js'
import { COUNTEREXAMPLES } from '../model/counterexamples.js'
import { lyingHistoryPlan } from '../model/lie-arbitraries.js'
import { LYING_CASES, type LyingCase } from '../model/lying-cases.js'
import { LYING_COUNTEREXAMPLES } from '../model/lying-counterexamples.js'
import type { HistoryPlan, Step } from '../model/plan.js'
import { historyPlan } from '../model/plan-arbitraries.js'
import { runHistory } from '../model/run-history.js'
import { steps } from '../model/step-arbitraries.js'
import type { Verdict } from '../model/verdict.js'
import type { Noticer } from './mutant.js'

/** A defect has to be noticed within so many random histories. */
const HISTORIES = 1500
const SEED = 1

type MakeEngine = (sources: readonly EngineSource[]) => Engine

interface Trial {
  readonly plan: HistoryPlan
  readonly steps: readonly Step[]
  /** What has to be named, where that is known beforehand. */
  readonly told: LyingCase['told'] | null
}

/** The faults of the first history that goes wrong, in the words of a set checker; none where all go well. */
export async function findFaults(
  by: Noticer,
  makeEngine: MakeEngine,
  histories: number = HISTORIES,
): Promise<string[]> {
  for (const trial of trials(by, histories)) {
    const faults = await tryOut(trial, makeEngine).catch((error: unknown) => [String(error)])
    if (faults.length > 0) return faults
  }
  return []
}

const HUNDREDS: readonly Step[] = [1, 2, 3].map(() => ({ do: 'page', first: 100, budget: null, upTo: 1 }))

const PLANS: Readonly<Record<'honest' | 'ranges' | 'lying', fc.Arbitrary<HistoryPlan>>> = {
  honest: historyPlan,
  ranges: historyPlan.filter(
    ({ range, sort, upstreams }) =>
      range !== null && sort.field === 'createdAt' && upstreams.some(({ skewSeconds }) => skewSeconds > 0),
  ),
  lying: lyingHistoryPlan,
}

function* trials(by: Noticer, histories: number): Iterable<Trial> {
  if (by === 'cases') {
    for (const { plan, told } of LYING_CASES) yield { plan, steps: HUNDREDS, told }
  } else if (by === 'counterexamples') {
    for (const [, plan, taken] of [...COUNTEREXAMPLES, ...LYING_COUNTEREXAMPLES])
      yield { plan, steps: taken, told: null }
  } else {
    for (const [plan, taken] of fc.sample(fc.tuple(PLANS[by], steps), { numRuns: histories, seed: SEED }))
      yield { plan, steps: taken, told: null }
  }
}

/** Of honest upstreams nothing of this kind may be said, whatever moves. */
function falseAlarms({ upstreams }: HistoryPlan, verdict: Verdict): string[] {
  return [...upstreams.entries()].flatMap(([index, { lies }]) => {
    const codes = verdict.codesOf(`s${index}`)
    const isSaid = lies.length === 0 && (codes.has('SORT_IGNORED') || codes.has('ORDER_BROKEN'))
    return isSaid ? [`s${index} said to be out of order`] : []
  })
}

async function tryOut({ plan, steps: taken, told }: Trial, makeEngine: MakeEngine): Promise<string[]> {
  const verdict = await runHistory(plan, taken, makeEngine)
  const faults = [...verdict.faults(), ...falseAlarms(plan, verdict)]
  if (told === null) return faults
  const codes = verdict.codesOf('s0')
  const isTold =
    told instanceof RegExp ? told.test(verdict.errorOf('s0') ?? '') : told.some((code) => codes.has(code))
  return isTold ? faults : [...faults, `did not name ${String(told)}`]
}
