import type { FilterOperator } from './operator.js'
import type {
  EnumDefinition,
  FieldDefinition,
  FilterValue,
  InvalidValue,
  StringDefinition,
} from './schema.js'
import { isInteger } from '../input/integer.js'
import { formatDateTime, parseDateTime } from '../message/time.js'

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** The value that a text stands for, or why the field has no such value; undefined where that needs no more words. */
export function readValue(
  definition: FieldDefinition,
  operator: FilterOperator,
  text: string,
): FilterValue | InvalidValue | undefined {
  switch (definition.kind) {
    case 'string':
      // A lone surrogate has no percent-encoded form.
      return text.isWellFormed() ? readText(definition, operator, text) : undefined
    case 'integer':
      return isInteger(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
    case 'enum':
      return definition.values.find((value) => value.toLowerCase() === text.toLowerCase())
    case 'time':
      return parseDateTime(text) ?? readDay(text, operator) ?? timeProblem(text)
    case 'boolean':
      return BOOLEANS.get(text)
  }
}

function readText(
  definition: StringDefinition,
  operator: FilterOperator,
  text: string,
): string | InvalidValue {
  const taken = definition.operators.find((known) => known === operator)
  return taken === undefined ? text : (definition.read?.(text, taken) ?? text)
}

/**
 * A day in UTC, in a comparison: `gte` and `lt` mean its beginning, `gt` and `lte` its last moment, so that
 * `[gt]=2026-01-31` begins with February and `[lte]=2026-01-31` includes that day. No point in time equals a day.
 */
function readDay(text: string, operator: FilterOperator): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const edge = DAY_EDGES[operator]
  return edge === undefined ? undefined : (parseDateTime(`${text}T${edge}Z`) ?? undefined)
}

const DAY_EDGES: Readonly<Partial<Record<FilterOperator, string>>> = {
  gte: '00:00',
  lt: '00:00',
  gt: '23:59:59.999',
  lte: '23:59:59.999',
}

/** What became of the plus sign of an offset on its way through a URL. */
function timeProblem(text: string): InvalidValue | undefined {
  if (/%2B/i.test(text)) return { problem: 'here nothing is percent-encoded: write "+" in place of "%2B".' }
  if (/\d \d\d(?::?\d\d)?$/.test(text) && parseDateTime(text.replace(/ (?=[\d:]+$)/, '+')) !== null)
    return { problem: 'in a query string, "+" is a space: write "%2B" before the offset.' }
  return undefined
}

/** The text of a value; undefined when the field has no such value. */
export function printValue(
  definition: FieldDefinition,
  operator: FilterOperator,
  value: unknown,
): string | undefined {
  switch (definition.kind) {
    case 'string':
      // What is not in its one form would be read back as another value.
      return typeof value === 'string' && readValue(definition, operator, value) === value ? value : undefined
    case 'integer':
      return Number.isSafeInteger(value) ? `${Number(value)}` : undefined
    case 'enum':
      return typeof value === 'string' && definition.values.includes(value)
        ? enumText(definition, value)
        : undefined
    case 'time':
      return typeof value === 'number' ? (formatDateTime(value) ?? undefined) : undefined
    case 'boolean':
      return typeof value === 'boolean' ? `${value}` : undefined
  }
}

/**
 * What a field's value may look like.
 *
 * @param isEncoded whether it is written in a query string, where "+" is a space.
 */
export function allowedValues(definition: FieldDefinition, isEncoded: boolean): readonly string[] {
  switch (definition.kind) {
    case 'string':
      return ['well-formed Unicode text']
    case 'integer':
      return ['an integer without leading zeros, such as 42']
    case 'enum':
      return definition.values.map((value) => enumText(definition, value))
    case 'time':
      return [
        `a time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00${isEncoded ? '%2B' : '+'}02:00`,
        ...(definition.operators.some((operator) => operator in DAY_EDGES)
          ? ['a day in UTC such as 2026-01-31']
          : []),
      ]
    case 'boolean':
      return ['true', 'false']
  }
}

function enumText(definition: EnumDefinition, value: string): string {
  return definition.writtenIn === 'lowerCase' ? value.toLowerCase() : value
}
