import { defineFilterSchema, type FilterTree, printFilter, type StringDefinition } from '@waybill/core'
import type { MessageFilter } from '../api/operations.js'
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
  const others = new URLSearchParams({
    ...(query.search !== null && { search: query.search }),
    ...(format === 'xlsx' && { timeZone }),
  })
  const parameters = [printFilter(SCHEMA, clausesOf(query.filter)), String(others)]
  const given = parameters.filter((part) => part !== '').join('&')
  return `messages.${format}${given === '' ? '' : `?${given}`}`
}

// Numbers are sent as they were written: the server knows the country of national ones.
const COMPARED: StringDefinition = {
  kind: 'string',
  operators: ['eq', 'ne', 'in', 'notIn', 'startsWith'],
}

const SCHEMA = defineFilterSchema({
  source: COMPARED,
  status: COMPARED,
  type: COMPARED,
  direction: COMPARED,
  interaction_id: COMPARED,
  from: COMPARED,
  to: COMPARED,
  phone: COMPARED,
  contact: COMPARED,
  sent_at: { kind: 'time', operators: ['gt', 'gte', 'lt', 'lte'] },
})

type Tree = FilterTree<(typeof SCHEMA)['fields']>

/** The names of a filter's fields in the grammar of downloads. All of them: no clause may be lost. */
const NAMES: Readonly<Record<keyof MessageFilter, keyof (typeof SCHEMA)['fields']>> = {
  source: 'source',
  status: 'status',
  type: 'type',
  direction: 'direction',
  interactionId: 'interaction_id',
  from: 'from',
  to: 'to',
  phone: 'phone',
  contact: 'contact',
  sentAt: 'sent_at',
}

/** The values of these are written in lower case. */
const ENUMS: ReadonlySet<string> = new Set(['status', 'type', 'direction'])

type Operand = string | readonly string[] | null | undefined

function clausesOf(filter: MessageFilter): Tree {
  const clauses = Object.entries(filter).flatMap(([name, operators]) => {
    const field = NAMES[name as keyof MessageFilter]
    const given = Object.entries((operators ?? {}) as Readonly<Record<string, Operand>>)
    return given.flatMap(([operator, value]): object[] => {
      if (value === null || value === undefined) return []
      if (field === 'sent_at') return [{ field, operator, value: Date.parse(String(value)) }]
      const values = typeof value === 'string' ? [value] : value
      const texts = ENUMS.has(field) ? values.map((one) => one.toLowerCase()) : values
      return [
        Array.isArray(value) ? { field, operator, values: texts } : { field, operator, value: texts[0] },
      ]
    })
  })
  return clauses as unknown as Tree
}
