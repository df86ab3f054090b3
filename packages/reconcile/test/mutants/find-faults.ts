import fc from 'fast-check'
import { CASES } from '../worlds/cases.js'
import { worldPlan } from '../worlds/plan.js'
import { newScore, type Reconcile, runWorld } from '../worlds/run-world.js'

/** A defect has to be noticed within so many random worlds. */
const MOST_WORLDS = 3000
const SEED = 1

/** All faults of the first world with one of the given kind, else those of all worlds. */
export async function findFaults(
  by: Reconcile,
  kind: RegExp,
  worlds: number = MOST_WORLDS,
): Promise<string[]> {
  const seen: string[] = []
  for (const plan of [...CASES, ...fc.sample(worldPlan, { numRuns: worlds, seed: SEED })]) {
    const faults = await runWorld(plan, by, newScore()).catch((error: unknown) => [String(error)])
    if (faults.some((fault) => kind.test(fault))) return faults
    seen.push(...faults)
  }
  return seen
}
