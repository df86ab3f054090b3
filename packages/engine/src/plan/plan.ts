import {
  type Exactness,
  type FieldCapability,
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
import { contactCapability, contactField } from './contact.js'
import { transferredFields } from './fields.js'
import { pushDown } from './push-down.js'
import { canSort } from './sort.js'
import { ALL_TIME, type TimeBounds, timeBounds } from './time-bounds.js'
import { allows, intersect } from './value-set.js'

/** How one list of a source is read for one query. */
export interface ReadPlan {
  readonly kind: 'read'
  /** Clauses that the source answers. */
  readonly pushed: readonly FilterClause[]
  readonly search: string | null
  readonly sort: MessageSort
  readonly fields: ReadonlySet<MessageField> | null
  /** Clauses that are checked here, row by row. */
  readonly local: readonly FilterClause[]
  /** Those that the source answers exactly, on fields that it lists: whether it does is checked at no cost. */
  readonly verifiable: readonly FilterClause[]
  /** Text that is searched here, row by row. */
  readonly localSearch: string | null
  /** The span that is kept here, row by row; all time where the source selects it. */
  readonly bounds: TimeBounds
  /** The span that the query asks for. */
  readonly asked: TimeBounds
  /** Fields that a clause asks for and the source never lists. */
  readonly untold: readonly string[]
  /** Whether the source selects exactly the rows that match, so that its counts and limits can be trusted. */
  readonly exact: boolean
}

export type SourcePlan =
  | ReadPlan
  /** Not asked at all: no row can match, or none that it lists, where it never lists a field that a clause asks for. */
  | { readonly kind: 'pruned'; readonly untold: readonly string[] }
  | { readonly kind: 'unsupported-sort'; readonly sort: MessageSort }

const PRUNED: SourcePlan = { kind: 'pruned', untold: [] }

/** Decides how a source answers a query: not at all, by itself, or with rows that are checked here. */
export function planSource(source: EngineSource, query: ParsedQuery): SourcePlan {
  const { capabilities } = source.provider
  const bounds = timeBounds(query.filter)
  if (bounds.from > bounds.to || !mentions(query.filter, source.id)) return PRUNED
  const division = divide(query.filter, capabilities)
  if (division.isImpossible) return PRUNED
  if (division.isUntold) return { kind: 'pruned', untold: division.untold }
  if (!canSort(capabilities, query.sort)) return { kind: 'unsupported-sort', sort: query.sort }

  const { local, pushed, untold, verifiable, timePushed } = division
  const localSearch = capabilities.search === 'exact' ? null : query.search
  return {
    kind: 'read',
    pushed,
    search: capabilities.search === 'none' ? null : query.search,
    sort: query.sort,
    fields: transferredFields(query.fields, [...local, ...verifiable], query.search, capabilities),
    local,
    verifiable,
    localSearch,
    bounds: timePushed ? ALL_TIME : bounds,
    asked: bounds,
    untold,
    exact: local.length === 0 && localSearch === null,
  }
}

function mentions(filter: MessageFilter, source: string): boolean {
  const clauses = filter.filter((clause): clause is ValueClause => clause.field === 'source')
  return allows(intersect(clauses), source)
}

interface Division {
  readonly pushed: readonly FilterClause[]
  readonly local: readonly FilterClause[]
  readonly verifiable: readonly FilterClause[]
  readonly untold: readonly string[]
  readonly timePushed: boolean
  /** Whether no message of the source can match. */
  readonly isImpossible: boolean
  /** Whether no listed message can match, since a clause asks for a field that is never listed. */
  readonly isUntold: boolean
}

/** Divides the clauses into those that go upstream and those that are checked here. */
function divide(filter: MessageFilter, capabilities: ProviderCapabilities): Division {
  const { fields } = capabilities
  const pushed: FilterClause[] = []
  const local: FilterClause[] = []
  const verifiable: FilterClause[] = []
  let [isImpossible, isUntold] = [false, false]
  for (const [field, clauses] of byField(filter, capabilities)) {
    if (clauses.some(({ operator, values }) => operator === 'in' && values.length === 0)) isImpossible = true
    if (field === 'phone') {
      const exactnessOf = (clause: ValueClause): Exactness | undefined =>
        capabilities.phone?.[clause.operator]
      pushed.push(...clauses.filter((clause) => exactnessOf(clause) !== undefined))
      local.push(...clauses.filter((clause) => exactnessOf(clause) !== 'exact'))
      verifiable.push(...clauses.filter((clause) => exactnessOf(clause) === 'exact'))
      continue
    }
    const inOneField = clauses.map((clause) => ({ ...clause, field }))
    const wanted = intersect(inOneField)
    const capability = capabilityOf(field, capabilities)
    const answered = pushDown(field, wanted, capability)
    if (wanted.include?.length === 0) isImpossible = true
    else if (answered.kind === 'never' && capability.domain.kind === 'absent') isUntold = true
    else if (answered.kind === 'never') isImpossible = true
    if (answered.kind === 'pushed') pushed.push(...answered.clauses)
    if (answered.kind === 'pushed' && answered.exactness === 'exact' && capability.listed !== false)
      verifiable.push(...inOneField)
    if (answered.kind === 'local' || (answered.kind === 'pushed' && answered.exactness === 'inexact'))
      local.push(...clauses)
  }
  const times = filter.filter(isTimeClause)
  const exactness = times.map((clause): Exactness | undefined => fields.sentAt.operators?.[clause.operator])
  const timePushed = exactness.every((each) => each === 'exact')
  ;(timePushed ? pushed : local).push(...times)
  if (timePushed) verifiable.push(...times)
  return {
    pushed,
    local,
    verifiable,
    untold: untoldFields(filter, capabilities),
    timePushed,
    isImpossible,
    isUntold,
  }
}

/** Fields that clauses ask for and the source never lists. A clause on either party asks for both. */
function untoldFields(filter: MessageFilter, capabilities: ProviderCapabilities): string[] {
  const asked = filter.flatMap((clause) => {
    if (isTimeClause(clause) || clause.field === 'source') return []
    return clause.field === 'phone' ? (['from', 'to'] as const) : [clause.field]
  })
  return [...new Set(asked)].filter((field) => capabilityOf(field, capabilities).domain.kind === 'absent')
}

function capabilityOf(
  field: Exclude<GroupField, 'phone'>,
  capabilities: ProviderCapabilities,
): FieldCapability {
  return field === 'contact' ? contactCapability(capabilities) : capabilities.fields[field]
}

type GroupField = Exclude<ValueField, 'source'>

/**
 * A clause on either party is one on the only party that the source tells, where it tells only one; a clause on the
 * other party is one on the field that has it.
 */
function byField(filter: MessageFilter, capabilities: ProviderCapabilities): Map<GroupField, ValueClause[]> {
  const groups = new Map<GroupField, ValueClause[]>()
  for (const clause of filter) {
    if (isTimeClause(clause) || clause.field === 'source') continue
    const field = groupFieldOf(clause.field, capabilities)
    groups.set(field, [...(groups.get(field) ?? []), clause])
  }
  return groups
}

function groupFieldOf(field: GroupField, capabilities: ProviderCapabilities): GroupField {
  if (field === 'phone') return partyField(capabilities)
  return field === 'contact' ? contactField(capabilities) : field
}

function partyField({ fields }: ProviderCapabilities): 'from' | 'to' | 'phone' {
  if (fields.to.domain.kind === 'absent') return 'from'
  return fields.from.domain.kind === 'absent' ? 'to' : 'phone'
}
