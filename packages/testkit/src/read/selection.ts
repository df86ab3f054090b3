import {
  evaluateClause,
  matchesSearch,
  toldContact,
  type Exactness,
  type FilterClause,
  type Message,
  type MessageSort,
  type ProviderCapabilities,
  type SourceField,
} from '@waybill/core'
import type { Query } from './reads.js'
import { SOURCE, type Stage } from './stage.js'
import type { ConformanceRow } from '../world/rows.js'
import { ConformanceFailure, expectEqual } from '../check/conformance-failure.js'

/**
 * Compares what the upstream selected with what core's own semantics select among the rows that it was filled with.
 * What is declared inexact may bring more, and never less.
 *
 * @throws ConformanceFailure for a row that is missing, repeated, or there without matching.
 */
export function expectSelection(stage: Stage, query: Query, messages: readonly Message[]): void {
  const { filter = [], search = null } = query
  const what = `what ${JSON.stringify({ filter, search })} selects`
  const found = messages.map(({ upstreamId }) => upstreamId)
  const { all, exact } = expectedIds(stage, query, messages)
  const wrong = {
    missing: all.filter((id) => !found.includes(id)),
    unwanted: found.filter((id) => !exact.includes(id)),
    repeated: found.filter((id, index) => found.indexOf(id) !== index),
  }
  for (const [name, ids] of Object.entries(wrong)) {
    if (ids.length === 0) continue
    throw new ConformanceFailure(`${what} (${name}: ${ids.join(', ')})`, { expected: all, found })
  }
}

interface Expected {
  /** The rows that match everything. */
  readonly all: readonly string[]
  /** The rows that match what is declared exact. */
  readonly exact: readonly string[]
}

function expectedIds(
  stage: Stage,
  { filter = [], search = null }: Query,
  messages: readonly Message[],
): Expected {
  const { capabilities, rows } = stage
  const derived = new Map(messages.map(({ upstreamId, contact }) => [upstreamId, contact]))
  const exactClauses = filter.filter((clause) => exactnessOf(capabilities, clause) === 'exact')
  const exactSearch = capabilities.search === 'exact' ? search : null
  const select = (clauses: readonly FilterClause[], term: string | null): string[] =>
    rows
      .map((row) => toMessage(stage, row, derived))
      .filter((message) => matches(message, clauses, term))
      .map(({ upstreamId }) => upstreamId)
  return { all: select(filter, search), exact: select(exactClauses, exactSearch) }
}

/** @param derived how each listed message has its other party: a source may derive what the row does not tell */
function toMessage(
  stage: Stage,
  row: ConformanceRow,
  derived: ReadonlyMap<string, Message['contact']>,
): Message {
  const upstreamId = stage.idOf(row)
  const contact = toldContact(row) ?? derived.get(upstreamId) ?? null
  return { ...row, upstreamId, rawType: null, rawStatus: null, contact, raw: null }
}

function matches(message: Message, filter: readonly FilterClause[], term: string | null): boolean {
  return (
    filter.every((clause) => evaluateClause(clause, message, SOURCE)) && matchesSearch(message.text, term)
  )
}

function exactnessOf(
  { fields, phone = {}, contact = {} }: ProviderCapabilities,
  { field, operator }: FilterClause,
): Exactness | undefined {
  if (field === 'phone') return phone[operator]
  if (field === 'contact') return contact[operator]
  return field in fields ? fields[field as SourceField].operators?.[operator] : undefined
}

/** @throws ConformanceFailure unless the messages follow the sort. Rows with equal times may have any order. */
export function expectOrder(stage: Stage, messages: readonly Message[], sort?: MessageSort): void {
  const { field, direction } = sort ??
    stage.capabilities.sorts[0] ?? { field: 'createdAt', direction: 'desc' }
  const times = messages.map((message) => stage.rowOf(message)[field])
  const ascending = times.toSorted((a, b) => a - b)
  expectEqual(`${field} ${direction}`, times, direction === 'asc' ? ascending : ascending.toReversed())
}
