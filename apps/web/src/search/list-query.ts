import { spanOf } from '../address/time-choice.js'
import type { View } from '../address/view.js'
import type { ListedMessageFragment, ListReportFragment, MessageFilter } from '../api/operations.js'
import { isSpelledNumber, type Meaning, meaningOf, withoutFormatting } from './search-kind.js'

/** What is requested of the API for a view: the arguments of `messages`, of `messageCounts` and of a download. */
export interface ListQuery {
  readonly filter: MessageFilter
  readonly search: string | null
}

/**
 * The query of a view. The id of a message is no clause of a filter: see `idOf`.
 *
 * @param now the time now, in milliseconds: where "today" begins
 */
export function queryOf(view: View, now: number): ListQuery {
  const line = lineOf(view)
  const meaning = meaningOfView(view)
  const { from, to } = spanOf(view.time, now)
  const isBounded = from !== null || to !== null
  return {
    filter: {
      ...(view.status.length > 0 && { status: { in: view.status } }),
      ...(view.direction !== null && { direction: { eq: view.direction } }),
      ...(view.type.length > 0 && { type: { in: view.type } }),
      ...(view.source.length > 0 && { source: { in: view.source } }),
      ...(meaning === 'conversation' && { interactionId: { eq: line } }),
      ...(meaning === 'number' && { contact: { eq: line } }),
      ...(isBounded && {
        sentAt: {
          ...(from !== null && { gte: from.toISOString() }),
          ...(to !== null && { lt: to.toISOString() }),
        },
      }),
    },
    search: meaning === 'text' ? line : null,
  }
}

/**
 * Reports as they concern the time of a query: the end of a source's history is left out where the query does not reach beyond it.
 */
export function reportsOf(
  { filter: { sentAt } }: ListQuery,
  reports: readonly ListReportFragment[],
): readonly ListReportFragment[] {
  const from = sentAt?.gte ?? null
  if (from === null) return reports
  return reports.map((report) =>
    report.reachesBackTo !== null && Date.parse(report.reachesBackTo) <= Date.parse(from)
      ? { ...report, reachesBackTo: null }
      : report,
  )
}

/**
 * Whether the time of a query has ended: only then can no further message come into its list.
 *
 * @param now the time now, in milliseconds
 */
export function isOver({ filter: { sentAt } }: ListQuery, now: number): boolean {
  const to = sentAt?.lt ?? null
  return to !== null && Date.parse(to) <= now
}

/** Whether the search line is a number whose country is not written: a source may know it by its country code only. */
export function lacksCountryCode(view: View): boolean {
  const line = lineOf(view)
  const meaning = meaningOfView(view)
  return (meaning === 'number' || meaning === 'text') && isSpelledNumber(line) && !/\+|^\(?00/.test(line)
}

/** How the search line of a view is read; null where it is empty. */
export function meaningOfView(view: View): Meaning | null {
  const line = lineOf(view)
  return line === '' ? null : meaningOf(line, view.searchAs)
}

function lineOf({ search }: View): string {
  return withoutFormatting(search).trim()
}

/** The id of a message that is searched for; null where something else is. */
export function idOf(view: View): string | null {
  return meaningOfView(view) === 'id' ? lineOf(view) : null
}

/**
 * The filter for the events of a query. It lacks what may change in a message, so that one that comes into the list, and one that
 * leaves it, are noticed as well.
 */
export function followedFilter({ filter }: ListQuery): MessageFilter {
  const { status: _, type: __, direction: ___, ...lasting } = filter
  return lasting
}

/** Whether a message that passes the filter for events belongs to the list of a query. */
export function belongsTo(
  { filter: { status, type, direction }, search }: ListQuery,
  message: Pick<ListedMessageFragment, 'status' | 'type' | 'direction' | 'text'>,
): boolean {
  return (
    isOneOf(status?.in, message.status) &&
    isOneOf(type?.in, message.type) &&
    isOneOf(direction?.eq === undefined ? undefined : [direction.eq], message.direction) &&
    (search === null || (message.text ?? '').toLowerCase().includes(search.toLowerCase()))
  )
}

function isOneOf<T>(wanted: readonly (T | null)[] | null | undefined, value: T | null): boolean {
  return wanted === null || wanted === undefined || (value !== null && wanted.includes(value))
}
