import {
  type FilterClause,
  printMessageFilter,
  type TimeOperator,
  type ValueField,
  type ValueOperator,
} from '@waybill/core'
import type { ListQuery } from '../search/list-query.js'

/** The formats of a download. */
export const FORMATS = ['csv', 'xlsx', 'ndjson', 'parquet'] as const
export type DownloadFormat = (typeof FORMATS)[number]

/**
 * The address of a download of the messages of a query, relative to the page: `messages.csv?filter[status][in]=failed`.
 *
 * @param timeZone the zone of the times of an XLSX file, an IANA name; all other formats have points in time
 */
export function downloadAddress(query: ListQuery, format: DownloadFormat, timeZone: string): string {
  const filter = printMessageFilter(clausesOf(query.filter))
  const others = new URLSearchParams({
    ...(query.search !== null && { search: query.search }),
    ...(format === 'xlsx' && { timeZone }),
  })
  const parameters = [filter, String(others)].filter((part) => part !== '').join('&')
  return `messages.${format}${parameters === '' ? '' : `?${parameters}`}`
}

/** A filter of the API as a list of clauses. */
function clausesOf({ sentAt, ...compared }: ListQuery['filter']): FilterClause[] {
  const values = Object.entries(compared).flatMap(([field, operators]) =>
    operatorsOf(operators).map(([operator, value]): FilterClause => ({
      field: field as ValueField,
      operator: operator as ValueOperator,
      values: Array.isArray(value) ? value.map(String) : [String(value)],
    })),
  )
  const times = operatorsOf(sentAt).map(([operator, value]): FilterClause => ({
    field: 'sentAt',
    operator: operator as TimeOperator,
    value: Date.parse(String(value)),
  }))
  return [...values, ...times]
}

function operatorsOf(operators: object | null | undefined): [operator: string, value: unknown][] {
  return Object.entries(operators ?? {}).filter(([, value]) => value !== null && value !== undefined)
}
