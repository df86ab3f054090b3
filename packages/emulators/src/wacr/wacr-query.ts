import {
  WACR_FILTER_FIELDS,
  WACR_FILTER_OPERATORS,
  type WacrFilterClause,
  type WacrFilterField,
  type WacrFilterOperator,
  type WacrSort,
} from './wacr-table.js'

/** The parameters of a list request, as far as they are known. */
export interface WacrParameters {
  readonly filter: readonly WacrFilterClause[]
  readonly search: string | null
  readonly sort: WacrSort
  readonly page: number
  readonly perPage: number
  /** Null: all. */
  readonly fields: readonly string[] | null
  /** What is not known and was passed over, as `name=value`. */
  readonly ignored: readonly string[]
}

const SORTS: readonly WacrSort[] = ['created_at', '-created_at', 'updated_at', '-updated_at']
const PARAMETERS: readonly string[] = ['page', 'per_page', 'sort', 'search', 'q', 'fields', 'filter']

/** Reads a query as the Laravel application does: what it does not know is as if it were not there. */
export function readParameters(entries: readonly (readonly [string, string])[]): WacrParameters {
  const query = parsePhpQuery(entries)
  const ignored: string[] = []
  for (const [name, value] of query) {
    if (!PARAMETERS.includes(name)) ignored.push(describe(name, value))
  }
  return {
    filter: readFilter(query.get('filter'), ignored),
    search: phpText(query.get('search')) ?? phpText(query.get('q')) ?? null,
    sort: readSort(query.get('sort'), ignored),
    page: readCount(query.get('page'), 'page', 1, ignored),
    perPage: readCount(query.get('per_page'), 'per_page', 15, ignored),
    fields: phpText(query.get('fields'))?.split(',') ?? null,
    ignored,
  }
}

function readFilter(filter: PhpValue | undefined, ignored: string[]): WacrFilterClause[] {
  if (filter === undefined) return []
  if (typeof filter === 'string') {
    ignored.push(describe('filter', filter))
    return []
  }
  return [...filter].flatMap(([field, condition]) => {
    if (isField(field)) return readClauses(field, condition, ignored)
    ignored.push(describe(`filter[${field}]`, condition))
    return []
  })
}

function readClauses(field: WacrFilterField, condition: PhpValue, ignored: string[]): WacrFilterClause[] {
  if (typeof condition === 'string') return [{ field, operator: 'eq', values: [condition] }]
  return [...condition].flatMap(([operator, operand]) => {
    if (isOperator(operator) && typeof operand === 'string') {
      const listed = operator === 'in' || operator === 'not_in'
      return [{ field, operator, values: listed ? operand.split(',') : [operand] }]
    }
    ignored.push(describe(`filter[${field}][${operator}]`, operand))
    return []
  })
}

function readSort(value: PhpValue | undefined, ignored: string[]): WacrSort {
  const known = SORTS.find((sort) => sort === value)
  if (known === undefined && value !== undefined) ignored.push(describe('sort', value))
  return known ?? '-created_at'
}

function readCount(value: PhpValue | undefined, name: string, fallback: number, ignored: string[]): number {
  const count = /^\d{1,9}$/.test(phpText(value) ?? '') ? Number(value) : 0
  if (count >= 1) return count
  if (value !== undefined) ignored.push(describe(name, value))
  return fallback
}

function isField(name: string): name is WacrFilterField {
  return WACR_FILTER_FIELDS.some((field) => field === name)
}

function isOperator(name: string): name is WacrFilterOperator {
  // The documentation writes equality without an operator: `[eq]` is as unknown as any other word.
  return name !== 'eq' && WACR_FILTER_OPERATORS.some((operator) => operator === name)
}

function describe(name: string, value: PhpValue): string {
  if (typeof value === 'string') return `${name}=${value}`
  return [...value].map(([key, inner]) => describe(`${name}[${key}]`, inner)).join('&')
}

/** A parameter's value as PHP reads it: text, or an array by key. */
export type PhpValue = string | Map<string, PhpValue>

/**
 * Reads `a[b][c]=value` parameters into nested arrays as PHP does: a repeated parameter replaces the one before it,
 * and `[]` counts up.
 */
function parsePhpQuery(entries: readonly (readonly [string, string])[]): Map<string, PhpValue> {
  const root = new Map<string, PhpValue>()
  for (const [name, value] of entries) assign(root, keysOf(name), value)
  return root
}

/** The text of a value; undefined for an array. */
function phpText(value: PhpValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function keysOf(name: string): string[] {
  const parts = /^([^[]+)((?:\[[^\]]*\])*)/.exec(name)
  if (parts === null) return [name]
  const inner = [...(parts[2] ?? '').matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
  return [parts[1] ?? '', ...inner]
}

function assign(array: Map<string, PhpValue>, [key = '', ...rest]: readonly string[], value: string): void {
  const name = key === '' ? String(array.size) : key
  if (rest.length === 0) {
    array.set(name, value)
    return
  }
  const present = array.get(name)
  const inner = present instanceof Map ? present : new Map<string, PhpValue>()
  array.set(name, inner)
  assign(inner, rest, value)
}
