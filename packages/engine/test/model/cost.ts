import type { HistoryPlan, UpstreamPlan } from './plan.js'

/** What happened in a history that reading has to make up for. */
export interface Events {
  readonly answers: number
  /** Changes of tables, restarts, failures and other readers. */
  readonly disturbances: number
}

/** No server of the model cuts its pages to less. */
export const LOWEST_CAP = 20

/** Requests that may be spent on one place of a list that keeps changing. */
const ONE_PLACE = 48

/** Requests that one answer, or one disturbance, may cost each stream beyond the pages that hold its rows. */
const EACH_ANSWER = 3
const EACH_DISTURBANCE = 16

/** How many times as much as honest upstreams lying ones may cost. */
const TIMES_FOR_LIES = 3

/** The most requests that upstreams of a plan get in a traversal. */
export function mostRequests(plan: HistoryPlan, arrivals: number, events: Events): number {
  return Math.ceil(
    plan.upstreams.reduce((sum, upstream) => sum + mostOf(plan, upstream, arrivals, events), 0),
  )
}

function mostOf(
  plan: HistoryPlan,
  { kind, rows, lies }: UpstreamPlan,
  arrivals: number,
  { answers, disturbances }: Events,
): number {
  const streams = kind === 'page' && plan.direction !== 'never' ? 3 : 1
  // Of a page that has to share twelve rows, and may hold no more than twenty, few are new.
  const perRow = plan.sort.field === 'updatedAt' ? 8 : 3
  const pages = kind === 'window' ? 1 : (perRow * (rows + arrivals)) / LOWEST_CAP
  const times = lies.length > 0 ? TIMES_FOR_LIES : 1
  return times * streams * (ONE_PLACE + pages + EACH_ANSWER * answers + EACH_DISTURBANCE * disturbances)
}

/** The most answers that a reading takes which gets rows at the rate that is asked for. */
export function mostAnswers(plan: HistoryPlan, arrivals: number, steps: number): number {
  const rows = plan.upstreams.reduce((sum, upstream) => sum + upstream.rows + arrivals, 0)
  return 40 + 2 * steps + Math.ceil(rows / 25)
}
