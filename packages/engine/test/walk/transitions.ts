import type { Phase } from '../../src/read/page-walk/state.js'

export type PhaseName = Phase['name']

/** Which phases may follow on which. Every walk that a test drives keeps to it. */
export const TRANSITIONS: Readonly<Record<PhaseName, readonly PhaseName[]>> = {
  seeking: ['seeking', 'walking', 'verifying-end', 'probing', 'passing', 'ended'],
  walking: ['walking', 'relocating', 'revisiting', 'verifying-end', 'probing', 'passing', 'ended'],
  relocating: ['relocating', 'walking', 'revisiting', 'verifying-end', 'passing', 'ended'],
  'verifying-end': ['verifying-end', 'walking', 'relocating', 'revisiting', 'passing', 'ended'],
  probing: ['probing', 'walking', 'relocating', 'verifying-end', 'passing', 'ended'],
  passing: ['passing', 'walking', 'verifying-end', 'ended'],
  revisiting: ['walking', 'passing'],
  ended: [],
}

/** @throws RangeError when a phase follows on one that it may not follow on */
export function checkTransition(from: PhaseName, to: PhaseName): void {
  if (!TRANSITIONS[from].includes(to))
    throw new RangeError(`The phase ${to} follows on ${from}, which TRANSITIONS does not have.`)
}
