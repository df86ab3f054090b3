import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../model/run-history.js'
import { drive } from './drive.js'
import { change, plan } from '../model/shorthand.js'
import { honestWalk, lyingWalk, type WalkPlan } from './plan-arbitraries.js'
import { checkTransition, TRANSITIONS } from './transitions.js'

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

/** The only two rows move away while the second page is probed. */
const PUSHED: WalkPlan = {
  history: plan({ rows: 2, cap: 60 }, { sort: { field: 'updatedAt', direction: 'desc' } }),
  changes: [{ page: 1, stage: 'counted', change: change('arrive', 0.995) }],
  answers: [],
  choices: [0],
}

/** The only row is deleted, and many come, while the second page is probed. */
const REPLACED: WalkPlan = {
  history: plan({ rows: 1, ties: 6 }, { seed: 38636255, sort: { field: 'createdAt', direction: 'asc' } }),
  changes: [
    { page: 1, stage: 'request', change: change('delete-at-cursor') },
    { page: 1, stage: 'request', change: change('arrive', 0.998) },
  ],
  answers: [],
  choices: [0],
}

/** Every page is in the right order, and the pages come the other way round. */
const TURNED: WalkPlan = {
  history: plan({ rows: 250, lies: [{ kind: 'sort-ignored', instead: 'turned-pages' }] }),
  changes: [],
  answers: [],
  choices: [0],
}

/** The same, with an end that shows on the second page. */
const TURNED_TWICE: WalkPlan = {
  ...TURNED,
  history: plan({
    rows: 150,
    tellsPageSize: true,
    lies: [{ kind: 'sort-ignored', instead: 'turned-pages' }],
  }),
}

test('the phases follow on each other as they may, and each transition occurs', () => {
  const seen = new Set<string>()
  const plans = [honestWalk, lyingWalk].flatMap((each) => fc.sample(each, { numRuns: WALKS, seed: SEED }))
  for (const each of [...plans, UNREADABLE, TINY, GROWING, PUSHED, REPLACED, TURNED, TURNED_TWICE]) {
    drive(each, ({ before, after }) => seen.add(`${before.phase.name} → ${after.state.phase.name}`))
  }
  const allowed = Object.entries(TRANSITIONS).flatMap(([from, others]) =>
    others.map((to) => `${from} → ${to}`),
  )
  expect([...seen].toSorted()).toEqual(allowed.toSorted())
})

test('a transition that the table does not have is refused, in every walk that a test drives', () => {
  expect(() => checkTransition('probing', 'relocating')).not.toThrow()
  expect(() => checkTransition('passing', 'seeking')).toThrow(/seeking follows on passing/)
})
