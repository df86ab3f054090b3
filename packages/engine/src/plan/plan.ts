import {
  type Exactness,
  type FilterClause,
  isTimeClause,
  type MessageField,
  type MessageFilter,
  type MessageSort,
  type ProviderCapabilities,
  type ValueClause,
  type ValueField,
} from '@waybill/core'
import type { EngineSource } from '../engine.js'
import type { ParsedQuery } from '../query/query.js'
import { neededFields } from './fields.js'
import { say } from './say.js'
import { canSort } from './sort.js'
import { ALL_TIME, type TimeBounds, timeBounds } from './time-bounds.js'
import { allows, intersect } from './value-set.js'

/** A field that the source filters by and never lists, with the one value that a stream's filter gives it. */
export interface StreamLabel {
  readonly field: 'direction'
  readonly value: string
}

/** One list of the source, read from one end to the other. */
export interface StreamPlan {
  readonly filter: readonly FilterClause[]
  /** What every row of the stream has by its filter, where the source does not list it. */
  readonly label: StreamLabel | null
}

/** How one source is read for one query. */
export interface ReadPlan {
  readonly kind: 'read'
  /** One, or as many as a field that has to be learned has values. */
  readonly streams: readonly StreamPlan[]
  /** The streams of a traversal that learns a field, whether this page wants it or not; empty where nothing is learned. */
  readonly learning: readonly StreamPlan[]
  readonly search: string | null
  readonly sort: MessageSort
  readonly fields: ReadonlySet<MessageField> | null
  /** Clauses that are checked here, row by row. */
  readonly local: readonly FilterClause[]
  /** Text that is searched here, row by row. */
  readonly localSearch: string | null
  /** The span that is kept here, row by row; all time where the source selects it. */
  readonly bounds: TimeBounds
  /** The span that the query asks for. */
  readonly asked: TimeBounds
  /** Whether the source selects exactly the rows that match, so that its counts and limits can be trusted. */
  readonly exact: boolean
}

export type SourcePlan =
  | ReadPlan
  | { readonly kind: 'pruned' }
  | { readonly kind: 'unsupported-sort'; readonly sort: MessageSort }

const PRUNED: SourcePlan = { kind: 'pruned' }

/** Decides how a source answers a query: not at all, by itself, or with rows that are checked here. */
export function planSource(source: EngineSource, query: ParsedQuery): SourcePlan {
  const { capabilities } = source.provider
  const bounds = timeBounds(query.filter)
  if (bounds.from > bounds.to || !mentions(query.filter, source.id)) return PRUNED
  const division = divide(query.filter, capabilities)
  if (division === null) return PRUNED
  if (!canSort(capabilities, query.sort)) return { kind: 'unsupported-sort', sort: query.sort }

  const search = capabilities.search === 'none' ? null : query.search
  const localSearch = capabilities.search === 'exact' ? null : query.search
  const learning = learningStreams(division.pushed, capabilities)
  const wanted =
    query.fields === null ||
    [...query.fields, ...division.local.map(({ field }) => field)].includes('direction')
  return {
    kind: 'read',
    streams: wanted && learning.length > 0 ? learning : [{ filter: division.pushed, label: null }],
    learning,
    search,
    sort: query.sort,
    fields: neededFields(query.fields, division.local, localSearch, capabilities),
    local: division.local,
    localSearch,
    bounds: division.timePushed ? ALL_TIME : bounds,
    asked: bounds,
    exact: division.local.length === 0 && localSearch === null,
  }
}

function mentions(filter: MessageFilter, source: string): boolean {
  const clauses = filter.filter((clause): clause is ValueClause => clause.field === 'source')
  return allows(intersect(clauses), source)
}

interface Division {
  readonly pushed: readonly FilterClause[]
  readonly local: readonly FilterClause[]
  readonly timePushed: boolean
}

/** Divides the clauses into those that go upstream and those that are checked here; null when none can match. */
function divide(filter: MessageFilter, capabilities: ProviderCapabilities): Division | null {
  const pushed: FilterClause[] = []
  const local: FilterClause[] = []
  for (const [field, clauses] of byField(filter, capabilities)) {
    if (field === 'phone') {
      if (clauses.some(({ operator, values }) => operator === 'in' && values.length === 0)) return null
      const told = (clause: ValueClause): Exactness | undefined => capabilities.phone?.[clause.operator]
      pushed.push(...clauses.filter((clause) => told(clause) !== undefined))
      local.push(...clauses.filter((clause) => told(clause) !== 'exact'))
      continue
    }
    const inOneField = clauses.map((clause) => ({ ...clause, field }))
    const saying = say(field, intersect(inOneField), capabilities.fields[field])
    if (saying.kind === 'never') return null
    if (saying.kind === 'pushed') pushed.push(saying.clause)
    if (saying.kind === 'local' || (saying.kind === 'pushed' && saying.exactness === 'inexact'))
      local.push(...clauses)
  }
  const times = filter.filter(isTimeClause)
  const exactness = times.map(
    (clause): Exactness | undefined => capabilities.fields.sentAt.operators?.[clause.operator],
  )
  const timePushed = exactness.every((each) => each === 'exact')
  ;(timePushed ? pushed : local).push(...times)
  return { pushed, local, timePushed }
}

type GroupField = Exclude<ValueField, 'source'>

/** A clause on either party is one on the only party that the source tells, where it tells only one. */
function byField(filter: MessageFilter, capabilities: ProviderCapabilities): Map<GroupField, ValueClause[]> {
  const groups = new Map<GroupField, ValueClause[]>()
  for (const clause of filter) {
    if (isTimeClause(clause) || clause.field === 'source') continue
    const field = clause.field === 'phone' ? partyField(capabilities) : clause.field
    groups.set(field, [...(groups.get(field) ?? []), clause])
  }
  return groups
}

function partyField({ fields }: ProviderCapabilities): 'from' | 'to' | 'phone' {
  if (fields.to.domain.kind === 'absent') return 'from'
  return fields.from.domain.kind === 'absent' ? 'to' : 'phone'
}

/**
 * A field that the source never lists is known by the stream that a row came in: one stream when the filter leaves
 * one value, else one for each value that it leaves.
 */
function learningStreams(
  pushed: readonly FilterClause[],
  { fields: { direction } }: ProviderCapabilities,
): readonly StreamPlan[] {
  const { domain } = direction
  if (
    direction.listed !== false ||
    domain.kind !== 'values' ||
    domain.nullable ||
    direction.operators?.eq !== 'exact'
  ) {
    return []
  }
  const rest = pushed.filter((clause) => clause.field !== 'direction')
  const own = pushed.filter((clause): clause is ValueClause => clause.field === 'direction')
  const values = domain.values.filter((value) => allows(intersect(own), value))
  return values.map((value) => ({
    filter:
      values.length === 1
        ? pushed
        : [...rest, { field: 'direction', operator: 'eq', values: [value] } as const],
    label: { field: 'direction', value },
  }))
}
