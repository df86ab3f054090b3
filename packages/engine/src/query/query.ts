import {
  type FilterClause,
  isTimeClause,
  MAX_PREFIX_LENGTH,
  type MessageField,
  type MessageFilter,
  type MessageSort,
  parsePhone,
  parsePhonePrefix,
  WaybillError,
} from '@waybill/core'
import type { MessagesQuery, SourceErrorPolicy } from '../engine.js'
import { checkClauseTypes, checkTypes, LIST_ARGUMENTS } from './check-types.js'

/** The largest page that may be asked for. */
const MAX_FIRST = 500

const DEFAULT_FIRST = 25

/** A query whose every argument is known to be good, with its defaults filled in. */
export interface ParsedQuery {
  readonly filter: MessageFilter
  readonly sort: MessageSort
  readonly search: string | null
  readonly first: number
  readonly after: string | null
  readonly onSourceError: SourceErrorPolicy
  readonly maxUpstreamRequests: number | null
  readonly fields: ReadonlySet<MessageField> | null
  readonly totalCount: boolean
  readonly reports: boolean
  readonly signal: AbortSignal | undefined
}

/** @throws WaybillError BAD_USER_INPUT or INVALID_FILTER, naming the argument and what is allowed. */
export function resolveQuery(query: MessagesQuery): ParsedQuery {
  checkTypes(query, LIST_ARGUMENTS)
  const filter = query.filter ?? []
  for (const clause of filter) {
    checkClauseTypes(clause)
    checkClause(clause)
  }
  return {
    filter: filter.map(normalizeClause),
    sort: query.sort ?? { field: 'createdAt', direction: 'desc' },
    search: query.search === undefined || query.search === '' ? null : query.search,
    first: parseFirst(query.first ?? DEFAULT_FIRST),
    after: query.after ?? null,
    onSourceError: query.onSourceError ?? 'FAIL',
    maxUpstreamRequests: parseBudget(query.maxUpstreamRequests ?? null),
    fields: query.fields ?? null,
    totalCount: query.totalCount ?? false,
    reports: query.reports ?? true,
    signal: query.signal,
  }
}

function parseFirst(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_FIRST) return first
  throw new WaybillError('BAD_USER_INPUT', `first is ${first}; give a whole number from 1 to ${MAX_FIRST}.`)
}

function parseBudget(budget: number | null): number | null {
  if (budget === null || (Number.isInteger(budget) && budget >= 1)) return budget
  throw new WaybillError(
    'BAD_USER_INPUT',
    `maxUpstreamRequests is ${budget}; give a whole number of at least 1, or leave it out.`,
  )
}

function checkClause(clause: FilterClause): void {
  if (isTimeClause(clause)) {
    if (Number.isFinite(clause.value)) return
    throw new WaybillError('INVALID_FILTER', `The filter on ${clause.field} holds no valid time.`)
  }
  const { field, operator, values } = clause
  const isList = operator === 'in' || operator === 'notIn'
  if (!isList && values.length !== 1) {
    const listOperator = { eq: '; use in for a list', ne: '; use notIn for a list', startsWith: '' }[operator]
    throw new WaybillError(
      'INVALID_FILTER',
      `The operator ${operator} on ${field} takes one value, not ${values.length}${listOperator}.`,
    )
  }
  if (operator === 'startsWith' && (values[0]?.length ?? 0) > MAX_PREFIX_LENGTH) {
    throw new WaybillError(
      'INVALID_FILTER',
      `The value of startsWith on ${field} may have at most ${MAX_PREFIX_LENGTH} characters.`,
    )
  }
}

/** Library users write clauses by hand: whatever is a phone number gets its one form. */
function normalizeClause(clause: FilterClause): FilterClause {
  if (isTimeClause(clause) || !PARTIES.has(clause.field)) return clause
  const read = clause.operator === 'startsWith' ? parsePhonePrefix : parsePhone
  return {
    ...clause,
    values: clause.values.map((value) => {
      const reading = read(value)
      return reading.kind === 'number' ? reading.value : value
    }),
  }
}

const PARTIES: ReadonlySet<FilterClause['field']> = new Set(['from', 'to', 'phone', 'contact'])
