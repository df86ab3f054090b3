import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createWacrTable,
  type WacrFilterClause,
  type WacrQuery,
  type WacrRow,
  type WacrTable,
} from '../../src/index.js'
import { WACR_FILTER_FIELDS, WACR_FILTER_OPERATORS } from '../../src/wacr/wacr-table.js'
import { NOON, wacrRow } from '../support/rows.js'

const second = fc.integer({ min: 0, max: 6 }).map((seconds) => NOON + seconds * 1000)
const content = fc.record({
  interactionId: fc.option(fc.integer({ min: 1, max: 3 })),
  type: fc.option(fc.constantFrom('text', 'image', 'Text')),
  message: fc.option(fc.constantFrom('Hello', 'hello, you', '50% off', '500 off', 'a_b', 'aXb')),
  status: fc.option(fc.constantFrom('sent', 'read', 'failed')),
  direction: fc.constantFrom('inbound' as const, 'outbound' as const),
  createdAt: second,
  updatedAt: second,
})
type Change = readonly [kind: 'insert' | 'update' | 'delete', id: number, patch: Partial<WacrRow>]
const anyChange: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom('insert' as const, 'update' as const, 'delete' as const),
  fc.integer({ min: 1, max: 25 }),
  content,
)
const clause: fc.Arbitrary<WacrFilterClause> = fc.record({
  field: fc.constantFrom(...WACR_FILTER_FIELDS),
  operator: fc.constantFrom(...WACR_FILTER_OPERATORS),
  values: fc.array(fc.constantFrom('text', 'image', 'sent', 'read', '1', '2', 'inbound'), {
    minLength: 1,
    maxLength: 3,
  }),
})
const query: fc.Arbitrary<WacrQuery> = fc.record({
  filter: fc.array(clause, { maxLength: 2 }),
  search: fc.constantFrom(null, '', 'HELLO', '%', '0% ', '_', 'off'),
  sort: fc.constantFrom('created_at', '-created_at', 'updated_at', '-updated_at'),
  page: fc.integer({ min: 1, max: 4 }),
  perPage: fc.integer({ min: 1, max: 7 }),
})

describe('a select', () => {
  test('agrees with filtering, sorting and slicing everything, whatever changed before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(anyChange, { maxLength: 12 }), query)), (steps) => {
        const table = createWacrTable()
        const rows = new Map<number, WacrRow>()
        for (const [changes, asked] of steps) {
          for (const one of changes) expect(change(one, table)).toStrictEqual(changePlainly(one, rows))
          expect(table.select(asked)).toStrictEqual(oracle([...rows.values()], asked))
        }
        expect(table.rows()).toStrictEqual([...rows.values()])
        expect(table.size).toBe(rows.size)
      }),
    )
  })

  test('under shuffled ties has the same times in the same places, and all rows over all pages of one seed', () => {
    fc.assert(
      fc.property(fc.array(content), query, fc.integer(), (contents, asked, seed) => {
        const rows = contents.map((patch, position) => wacrRow(position + 1, patch))
        const table = createWacrTable(rows, { ties: 'shuffle' })
        const { perPage = 1 } = asked
        const column = asked.sort?.endsWith('updated_at') ? 'updatedAt' : 'createdAt'
        const pages = Array.from({ length: Math.ceil(rows.length / perPage) }, (_, page) =>
          table.page({ ...asked, page: page + 1, seed }),
        )
        const all = { ...asked, page: 1, perPage: rows.length + 1 }
        const expected = oracle(rows, all).rows
        expect(pages.flat().map((row) => row[column])).toStrictEqual(expected.map((row) => row[column]))
        expect(new Set(pages.flat())).toStrictEqual(new Set(expected))
        expect(table.page(all)).toHaveLength(expected.length)
      }),
    )
  })
})

/** Makes a change in the table; an insert of an id that is there changes the row. */
function change([kind, id, patch]: Change, table: WacrTable): unknown {
  if (kind === 'delete') return table.delete(id)
  const add = kind === 'insert' && table.get(id) === undefined
  return add ? table.insert(wacrRow(id, patch)) : table.update(id, patch)
}

/** Makes the same change in a map. */
function changePlainly([kind, id, patch]: Change, rows: Map<number, WacrRow>): unknown {
  if (kind === 'delete') return rows.delete(id)
  const before = rows.get(id) ?? (kind === 'insert' ? wacrRow(id) : undefined)
  if (before === undefined) return undefined
  rows.set(id, rows.has(id) ? { ...before, ...patch } : wacrRow(id, patch))
  return rows.get(id)
}

/** SQL in the plainest words; equal times go by id, in the direction of the sort. */
function oracle(rows: readonly WacrRow[], asked: WacrQuery): { rows: WacrRow[]; total: number } {
  const { filter = [], search, sort = '', page = 1, perPage = 15 } = asked
  const found = rows.filter(
    (row) => filter.every((one) => holds(row, one)) && includes(row.message, search ?? ''),
  )
  const column = sort.endsWith('updated_at') ? 'updatedAt' : 'createdAt'
  const sign = sort.startsWith('-') ? -1 : 1
  const sorted = found.toSorted((a, b) => sign * (a[column] - b[column] || a.id - b.id))
  return { rows: sorted.slice((page - 1) * perPage, page * perPage), total: found.length }
}

function holds(row: WacrRow, { field, operator, values }: WacrFilterClause): boolean {
  const value = {
    type: row.type,
    status: row.status,
    interaction_id: row.interactionId,
    direction: row.direction,
  }[field]
  if (value === null) return false
  switch (operator) {
    case 'eq':
    case 'in':
      return values.includes(String(value))
    case 'ne':
    case 'not_in':
      return !values.includes(String(value))
  }
}

function includes(message: string | null, search: string): boolean {
  if (search === '') return true
  return message !== null && message.toLowerCase().includes(search.toLowerCase())
}
