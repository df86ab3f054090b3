import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Phase } from '../../src/read/page-walk/state.js'
import { SEED } from '../model/run-history.js'
import { drive } from './drive.js'
import { plan } from '../model/shorthand.js'
import { honestWalk, lyingWalk, type WalkPlan } from './plan-arbitraries.js'

const WALKS = 300

/** A range of a list of which no row can be read. */
const UNREADABLE: WalkPlan = {
  history: plan(
    { rows: 300, tellsPageSize: true, lies: [{ kind: 'unreadable-rows', every: 1, tellsId: false }] },
    { range: { from: 0.2, to: 0.8 } },
  ),
  changes: [],
  answers: [],
  choices: [0],
}

/** A bare list that is cut to very few rows. */
const TINY: WalkPlan = {
  history: plan({ rows: 30, cap: 4 }),
  changes: [],
  answers: [],
  choices: [0],
}

/** A bare list of a few rows that grows while its only page is probed. */
const GROWING: WalkPlan = {
  history: plan({ rows: 8 }),
  changes: Array.from({ length: 4 }, () => ({
    page: 1,
    stage: 'request',
    change: { kind: 'arrive', upstream: 0, place: 0.5, amount: 0 },
  })),
  answers: [],
  choices: [0],
}

type PhaseName = Phase['name']

/** Which phases may follow on which. */
const TRANSITIONS: Readonly<Record<PhaseName, readonly PhaseName[]>> = {
  seeking: ['seeking', 'walking', 'verifying-end', 'probing', 'passing', 'ended'],
  walking: ['walking', 'relocating', 'verifying-end', 'probing', 'passing', 'ended'],
  relocating: ['relocating', 'walking', 'verifying-end', 'passing', 'ended'],
  'verifying-end': ['verifying-end', 'walking', 'relocating', 'passing', 'ended'],
  probing: ['probing', 'walking', 'verifying-end', 'ended'],
  passing: ['passing', 'walking', 'verifying-end', 'ended'],
  ended: [],
}

test('the phases follow on each other as they may, and each transition occurs', () => {
  const seen = new Set<string>()
  const plans = [honestWalk, lyingWalk].flatMap((each) => fc.sample(each, { numRuns: WALKS, seed: SEED }))
  for (const each of [...plans, UNREADABLE, TINY, GROWING]) {
    drive(each, ({ before, after }) => seen.add(`${before.phase.name} → ${after.state.phase.name}`))
  }
  const allowed = Object.entries(TRANSITIONS).flatMap(([from, others]) =>
    others.map((to) => `${from} → ${to}`),
  )
  expect([...seen].toSorted()).toEqual(allowed.toSorted())
})
