import type { TimeOperator } from '../grammar/operator.js'
import type { Message } from '../message/message.js'
import { isTimeClause, type FilterClause, type MessageFilter, type ValueField } from './clause.js'

const COMPARE: Readonly<Record<TimeOperator, (time: number, bound: number) => boolean>> = {
  gt: (time, bound) => time > bound,
  gte: (time, bound) => time >= bound,
  lt: (time, bound) => time < bound,
  lte: (time, bound) => time <= bound,
}

/**
 * Whether a message satisfies one clause. Null follows SQL: it satisfies no operator, `ne` and `notIn` included.
 * So `in` with no values matches nothing, and `notIn` with no values every message whose field is not null.
 * `startsWith` compares the beginning, letter case included, and holds for every known value where it is empty.
 * `phone` is known when one of `from` and `to` is, and equals a value, or starts with it, when one of them does.
 * `contact` is the id of the other party, however it is known.
 *
 * @param source id of the source that the message comes from.
 */
export function evaluateClause(clause: FilterClause, message: Message, source: string): boolean {
  if (isTimeClause(clause)) return COMPARE[clause.operator](message.sentAt, clause.value)
  const known = knownValues(clause.field, message, source)
  if (known.length === 0) return false
  const { operator, values } = clause
  if (operator === 'startsWith') return known.some((value) => value.startsWith(values[0] ?? ''))
  const found = known.some((value) => holds(values, value))
  return operator === 'eq' || operator === 'in' ? found : !found
}

/** Whether a message satisfies every clause of a filter; see {@link evaluateClause}. */
export function matchesFilter(filter: MessageFilter, message: Message, source: string): boolean {
  return filter.every((clause) => evaluateClause(clause, message, source))
}

/** Beyond this length, looking through a list for every message costs more than a set of its values. */
const LONG_LIST = 16

const lookups = new WeakMap<readonly string[], ReadonlySet<string>>()

function holds(values: readonly string[], value: string): boolean {
  if (values.length <= LONG_LIST) return values.includes(value)
  const lookup = lookups.get(values) ?? new Set(values)
  lookups.set(values, lookup)
  return lookup.has(value)
}

function knownValues(field: ValueField, message: Message, source: string): readonly string[] {
  if (field === 'source') return [source]
  const values = field === 'phone' ? [message.from, message.to] : [valueOf(field, message)]
  return values.filter((value) => value !== null)
}

function valueOf(field: Exclude<ValueField, 'source' | 'phone'>, message: Message): string | null {
  return field === 'contact' ? (message.contact?.id ?? null) : message[field]
}
