import {
  type CountGroup,
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type Message,
  WaybillError,
} from '@waybill/core'
import type { MessageCountGroup, MessageCountKey } from '../engine.js'
import type { ParsedCounts } from './counts-query.js'

/** So many groups are neither read by anybody nor kept at little cost. */
const MOST_GROUPS = 100_000

type Groups = Map<string, MessageCountGroup>

/** Counts the messages of one source in groups. */
export class SourceTally {
  readonly #source: string
  readonly #counts: ParsedCounts
  readonly #groups: Groups = new Map()

  constructor(source: string, counts: ParsedCounts) {
    this.#source = source
    this.#counts = counts
  }

  get groups(): Iterable<MessageCountGroup> {
    return this.#groups.values()
  }

  /** @throws WaybillError QUERY_TOO_EXPENSIVE */
  addMessage(message: Message): void {
    const { keys, zone } = this.#counts
    const value = <Value>(key: MessageCountKey, read: () => Value): Value | null =>
      keys.some((each) => each === key) ? read() : null
    this.addGroup({
      count: 1,
      period:
        value('HOUR', () => zone.startOfHour(message.sentAt)) ??
        value('DAY', () => zone.startOfDay(zone.dayOf(message.sentAt))),
      status: value('STATUS', () => message.status),
      type: value('TYPE', () => message.type),
      direction: value('DIRECTION', () => message.direction),
      failureCode: value('FAILURE_CODE', () => message.failure?.code ?? null),
    })
  }

  /** @throws WaybillError QUERY_TOO_EXPENSIVE */
  addGroup(group: CountGroup): void {
    const source = this.#counts.by.includes('SOURCE') ? this.#source : null
    addTo(this.#groups, { ...group, source })
  }
}

/**
 * Brings the groups of several sources together.
 * @param sources the ids of all sources, in the order of the configuration
 * @throws WaybillError QUERY_TOO_EXPENSIVE
 */
export function mergeTallies(
  tallies: readonly SourceTally[],
  by: readonly MessageCountKey[],
  sources: readonly string[],
): MessageCountGroup[] {
  const groups: Groups = new Map()
  for (const tally of tallies) for (const group of tally.groups) addTo(groups, group)
  const places = by.map((key) => placeIn(key, sources))
  return [...groups.values()].toSorted((a, b) => {
    for (const compare of places) {
      const order = compare(a, b)
      if (order !== 0) return order
    }
    return 0
  })
}

function addTo(groups: Groups, group: MessageCountGroup): void {
  const { period, source, status, type, direction, failureCode } = group
  const key = JSON.stringify([period, source, status, type, direction, failureCode])
  const known = groups.get(key)
  if (known === undefined && groups.size === MOST_GROUPS) {
    throw new WaybillError(
      'QUERY_TOO_EXPENSIVE',
      `The messages are in more than ${MOST_GROUPS.toLocaleString('en-US')} groups. Group by fewer keys, or filter by a shorter span of sentAt.`,
    )
  }
  groups.set(key, known === undefined ? group : { ...known, count: known.count + group.count })
}

type Comparison = (a: MessageCountGroup, b: MessageCountGroup) => number

function placeIn(key: MessageCountKey, sources: readonly string[]): Comparison {
  switch (key) {
    case 'DAY':
    case 'HOUR':
      return (a, b) => (a.period ?? 0) - (b.period ?? 0)
    case 'SOURCE':
      return byPlace(sources, ({ source }) => source)
    case 'STATUS':
      return byPlace(MESSAGE_STATUSES, ({ status }) => status)
    case 'TYPE':
      return byPlace(MESSAGE_TYPES, ({ type }) => type)
    case 'DIRECTION':
      return byPlace(MESSAGE_DIRECTIONS, ({ direction }) => direction)
    case 'FAILURE_CODE':
      return (a, b) => compareTexts(a.failureCode, b.failureCode)
  }
}

function byPlace<Value>(
  order: readonly Value[],
  valueOf: (group: MessageCountGroup) => Value | null,
): Comparison {
  const places = new Map<Value | null, number>(order.map((value, index) => [value, index]))
  const placeOf = (group: MessageCountGroup): number => places.get(valueOf(group)) ?? order.length
  return (a, b) => placeOf(a) - placeOf(b)
}

function compareTexts(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}
