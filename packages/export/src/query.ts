import {
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
