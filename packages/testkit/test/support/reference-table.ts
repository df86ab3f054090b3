import {
  matchesFilter,
  matchesSearch,
  toldContact,
  type ListRequest,
  type Message,
  type PageRequest,
} from '@waybill/core'
import type { ConformanceRow } from '../../src/index.js'

export interface ReferencePage {
  readonly messages: readonly Message[]
  readonly cursors: readonly string[]
  readonly hasNextPage: boolean
  readonly total: number
  readonly pageSize: number
  readonly lastPage: number
}

export function toMessage(row: ConformanceRow): Message {
  const { number, createdAt, updatedAt, ...fields } = row
  const raw = { number, createdAt, updatedAt }
  const contact = toldContact(row)
  return { ...fields, upstreamId: String(number), rawType: row.type, rawStatus: row.status, contact, raw }
}

/** What is asked for, in the terms of the contract itself. */
export function answer(rows: readonly ConformanceRow[], request: ListRequest): ReferencePage {
  const { field, direction } = request.sort
  const sign = direction === 'asc' ? 1 : -1
  const matching = rows
    .filter((row) => matchesFilter(request.filter, toMessage(row), 'reference'))
    .filter((row) => matchesSearch(row.text, request.search))
    .toSorted((a, b) => sign * (a[field] - b[field] || a.number - b.number))
  const start = startOf(matching, request, sign)
  const size = request.page.kind === 'page' ? request.page.size : request.page.limit
  const page = matching.slice(start, start + size)
  return {
    messages: page.map(toMessage),
    cursors: page.map((row) => `${row[field]}-${row.number}`),
    hasNextPage: start + size < matching.length,
    total: matching.length,
    pageSize: size,
    lastPage: Math.ceil(matching.length / size),
  }
}

/** Whether it is a place that {@link answer} can give. */
export function isPlace(page: PageRequest): boolean {
  return page.kind !== 'cursor' || page.after === null || /^\d+-\d+$/.test(page.after)
}

/** A cursor says the values of its row, so that it holds when the row is gone. */
function startOf(rows: readonly ConformanceRow[], { page, sort }: ListRequest, sign: number): number {
  if (page.kind === 'page') return (page.number - 1) * page.size
  if (page.kind === 'window' || page.after === null) return 0
  const [time = 0, number = 0] = page.after.split('-').map(Number)
  const next = rows.findIndex((row) => sign * (row[sort.field] - time || row.number - number) > 0)
  return next < 0 ? rows.length : next
}
