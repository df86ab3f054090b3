import {
  type FilterClause,
  type Message,
  MESSAGE_DIRECTIONS,
  type MessageDirection,
  type MessageFilter,
  type MessageProvider,
  toldContact,
  type ValueClause,
} from '@waybill/core'
import type { EngineSource } from '../engine.js'
import type { ParsedQuery } from '../query/query.js'
import { allows, intersect } from './value-set.js'

/** One list of a source, which is planned, read and kept like a source of its own. */
export interface Part extends EngineSource {
  /** Different for every part of every source. */
  readonly key: string
}

/** The whole list of a source. */
export function wholeOf(source: EngineSource): Part {
  return { ...source, key: source.id }
}

/** A source whose direction cannot be known, since it passes over the filter that would tell it. */
export function undirectedOf(source: EngineSource): Part {
  const { capabilities } = source.provider
  const fields = { ...capabilities.fields, direction: { domain: { kind: 'absent' } } } as const
  return {
    ...wholeOf(source),
    provider: { ...lists(source.provider), capabilities: { ...capabilities, fields } },
  }
}

/**
 * A source that filters by its direction and never lists it is read as one list for each value: in each of them the
 * direction is known, and nothing further inside has to mind it. Empty for every other source.
 */
export function partsOf(source: EngineSource): readonly Part[] {
  const { direction } = source.provider.capabilities.fields
  const { domain } = direction
  const isLearned = direction.listed === false && direction.operators?.eq === 'exact'
  if (!isLearned || domain.kind !== 'values' || domain.nullable) return []
  return domain.values.map((value) => ({
    id: source.id,
    key: JSON.stringify([source.id, value]),
    provider: narrow(source.provider, value as MessageDirection),
  }))
}

/** Whether a query asks for the direction, or for the other party, which follows from it: to show it or to filter by it. */
export function wantsDirection({ fields, filter }: Pick<ParsedQuery, 'fields' | 'filter'>): boolean {
  return fields === null || fields.has('direction') || fields.has('contact') || isFiltered(filter)
}

function isFiltered(filter: MessageFilter): boolean {
  if (filter.some(({ field }) => field === 'contact')) return true
  const clauses = filter.filter((clause): clause is ValueClause => clause.field === 'direction')
  return !MESSAGE_DIRECTIONS.every((direction) => allows(intersect(clauses), direction))
}

function narrow(provider: MessageProvider, value: MessageDirection): MessageProvider {
  const { capabilities } = provider
  const direction = { domain: { kind: 'values', values: [value], nullable: false } } as const
  const clause: FilterClause = { field: 'direction', operator: 'eq', values: [value] }
  return {
    ...lists(provider),
    capabilities: { ...capabilities, fields: { ...capabilities.fields, direction } },
    async list(request, call) {
      const result = await provider.list({ ...request, filter: [...request.filter, clause] }, call)
      return { ...result, messages: result.messages.map((message) => directed(message, value)) }
    },
  }
}

function directed(message: Message, direction: MessageDirection): Message {
  return { ...message, direction, contact: toldContact({ ...message, direction }) }
}

/** What a part needs of its provider; a class's methods are not copied by spreading it. */
function lists(provider: MessageProvider): MessageProvider {
  const { name, capabilities } = provider
  return { name, capabilities, list: (request, call) => provider.list(request, call) }
}
