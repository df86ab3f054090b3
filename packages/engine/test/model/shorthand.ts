import { MOST_BEFORE, MOST_BEHIND } from './upstream.js'
import { type Change, type HistoryPlan, PLAIN_UPSTREAM, type Step, type UpstreamPlan } from './plan.js'

const BY_CREATION = { field: 'createdAt', direction: 'desc' } as const

/** A history of one upstream, honest and newest first unless it is changed. */
export function plan(upstream: Partial<UpstreamPlan>, others: Partial<HistoryPlan> = {}): HistoryPlan {
  const whole = { ...PLAIN_UPSTREAM, ...upstream }
  const rest = { filter: [], range: null, policy: 'FAIL', direction: 'never', sort: BY_CREATION } as const
  return { seed: 1, upstreams: [whole], ...rest, ...others }
}

/** A change of a table, at the beginning of its rows where that matters. */
export function change(kind: Change['kind'], amount = 0, upstream = 0): Change {
  return { kind, upstream, place: 0, amount }
}

/** Reads a page. */
export function page(first: number, budget: number | null = null): Step {
  return { do: 'page', first, budget, upTo: 1 }
}

/** Changes a table at once. */
export function now(...what: Parameters<typeof change>): Step {
  return { do: 'change', change: change(...what) }
}

/** Changes a table as soon as a request comes. */
export function during(...what: Parameters<typeof change>): Step {
  return { do: 'schedule', stage: 'request', change: change(...what) }
}

/** Deletes the row that was yielded last, and so many before and behind it. */
export function atCursor(before: number, behind: number): Step {
  const [place, amount] = [(before + 0.5) / MOST_BEFORE, (behind + 0.5) / MOST_BEHIND].map(Math.sqrt)
  const kind = 'delete-at-cursor'
  return { do: 'change', change: { kind, upstream: 0, place: place ?? 0, amount: amount ?? 0 } }
}

export const SKEWED = { skewSeconds: 300, declaredSkewSeconds: 300 }
export const OTHER: Step = { do: 'other', first: 1 }
export const RESTART: Step = { do: 'restart' }
export const REPLICA: Step = { do: 'replica' }
/** Another client reads the list from another replica, which keeps its pages. */
export const KEPT_ELSEWHERE: readonly Step[] = [REPLICA, OTHER, REPLICA]
/** Arrivals of more than a page. */
export const BURST = 0.95
