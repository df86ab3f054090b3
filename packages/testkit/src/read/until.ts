import { setTimeout as delay } from 'node:timers/promises'
import { ConformanceFailure } from '../check/conformance-failure.js'

const STEP_MS = 2
const STEPS = 2000

/** Waits until something holds. @throws ConformanceFailure after several seconds in which it did not. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    if (holds()) return
    await delay(STEP_MS)
  }
  throw new ConformanceFailure('several seconds later', { expected: what, found: 'nothing of it' })
}

/** Long enough for a request that should not be sent to arrive, if it is sent at once. */
export async function aMoment(): Promise<void> {
  await delay(25)
}
