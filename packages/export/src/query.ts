import {
  isTimeClause,
  type MessageFilter,
  type MessageSort,
  printClause,
  printFields,
  printMessageSort,
} from '@waybill/core'

/** Which messages are wanted, in which order. */
export interface ExportQuery {
  readonly filter: MessageFilter
  readonly search: string | null
  readonly sort: MessageSort
}

/** A query in the words of the filter grammar, for people and for the files that keep it beside the messages. */
export interface DescribedQuery {
  /** `filter[status]=failed&filter[source][in]=shop,octo`; empty: all messages. */
  readonly filter: string
  readonly search: string | null
  /** `-created_at` */
  readonly sort: string
  /** `source,upstreamId,sentAt` */
  readonly fields: string
}

export function describeQuery(
  { filter, search, sort }: ExportQuery,
  fields: readonly string[],
): DescribedQuery {
  return {
    filter: filter.map(printClause).join('&'),
    search: search === '' ? null : search,
    sort: printMessageSort(sort),
    fields: printFields(fields),
  }
}

/** The ids of sources that a filter names, each once. Where one of them is unknown, the filter has a slip. */
export function namedSources(filter: MessageFilter): readonly string[] {
  return [...new Set(filter.flatMap((clause) => (clause.field === 'source' ? clause.values : [])))]
}

/** From when to when the messages of a filter were sent, both ends included, in milliseconds since the epoch. */
export interface SentSpan {
  /** -Infinity: without a bound. */
  readonly from: number
  /** Infinity: without a bound. Where it is before `from`, no message can match. */
  readonly to: number
}

export function sentSpan(filter: MessageFilter): SentSpan {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  for (const { operator, value } of filter.filter(isTimeClause)) {
    if (operator === 'gte' || operator === 'gt') from = Math.max(from, operator === 'gt' ? value + 1 : value)
    else to = Math.min(to, operator === 'lt' ? value - 1 : value)
  }
  return { from, to }
}
