import type { MessageDirection, MessageStatus, MessageType } from '../api/operations.js'
import { parseTimeChoice, printTimeChoice, type TimeChoice } from './time-choice.js'

/** How the search line is read. `auto`: by what it looks like. */
export type SearchKind = 'auto' | 'number' | 'text' | 'id' | 'conversation'

/** What lies over the list. */
export type Panel = 'sources' | 'reconcile' | 'download' | 'failures' | 'unanswered' | null

/** All that the page shows, as far as it is a choice of the person. It is what the address says. */
export interface View {
  readonly search: string
  readonly searchAs: SearchKind
  readonly status: readonly MessageStatus[]
  readonly direction: MessageDirection | null
  readonly type: readonly MessageType[]
  /** Ids from the configuration. */
  readonly source: readonly string[]
  readonly time: TimeChoice
  /** The global id of the message that is open. */
  readonly message: string | null
  /** The time that the list is scrolled to, in ISO 8601; null: to its newest message. */
  readonly at: string | null
  readonly panel: Panel
  /** What the address says of some choices, and cannot be read: no list may stand for it. */
  readonly unreadable: readonly Unreadable[]
}

/** A part of the address that cannot be read. */
export interface Unreadable {
  readonly name: 'status' | 'direction' | 'type'
  readonly value: string
}

/** Everything, newest first, and nothing open. */
export const EVERYTHING: View = {
  search: '',
  searchAs: 'auto',
  status: [],
  direction: null,
  type: [],
  source: [],
  time: { kind: 'all' },
  message: null,
  at: null,
  panel: null,
  unreadable: [],
}

export const STATUSES: readonly MessageStatus[] = [
  'SENT',
  'DELIVERED',
  'READ',
  'FAILED',
  'DELETED',
  'UNKNOWN',
]

export const DIRECTIONS: readonly MessageDirection[] = ['OUTBOUND', 'INBOUND']

export const TYPES: readonly MessageType[] = [
  'TEXT',
  'TEMPLATE',
  'IMAGE',
  'VIDEO',
  'DOCUMENT',
  'AUDIO',
  'INTERACTIVE',
  'BUTTON',
  'CONTACTS',
  'LOCATION',
  'ORDER',
  'REACTION',
  'STICKER',
  'SYSTEM',
  'OTHER',
]

const KINDS: readonly SearchKind[] = ['number', 'text', 'id', 'conversation']
const PANELS: readonly NonNullable<Panel>[] = ['sources', 'reconcile', 'download', 'failures', 'unanswered']

/** Reads the query string of an address. What cannot be read is kept where the list would be another one without it. */
export function parseView(queryString: string): View {
  const parameters = new URLSearchParams(queryString)
  const direction = parameters.get('direction') ?? ''
  const list = (name: string): string[] => (parameters.get(name) ?? '').split(',').filter((one) => one !== '')
  return {
    search: parameters.get('q') ?? '',
    searchAs: oneOf(KINDS, parameters.get('as')) ?? 'auto',
    status: someOf(STATUSES, list('status')),
    direction: oneOf(DIRECTIONS, direction.toUpperCase()),
    type: someOf(TYPES, list('type')),
    source: list('source'),
    time: parseTimeChoice(parameters.get('time')),
    message: parameters.get('message'),
    at: timeOf(parameters.get('at')),
    panel: oneOf(PANELS, parameters.get('panel')),
    unreadable: [
      ...othersOf('status', STATUSES, list('status')),
      ...othersOf('direction', DIRECTIONS, direction === '' ? [] : [direction]),
      ...othersOf('type', TYPES, list('type')),
    ],
  }
}

/** The query string of a view, with its question mark; empty for the view of everything. */
export function printView(view: View): string {
  const unreadable = (name: Unreadable['name']): string[] =>
    view.unreadable.filter((one) => one.name === name).map(({ value }) => value)
  const entries: [name: string, value: string | null][] = [
    ['q', view.search],
    ['as', view.searchAs === 'auto' ? null : view.searchAs],
    ['status', [...view.status.map(lower), ...unreadable('status')].join(',')],
    ['direction', view.direction?.toLowerCase() ?? unreadable('direction').join(',')],
    ['type', [...view.type.map(lower), ...unreadable('type')].join(',')],
    ['source', view.source.join(',')],
    ['time', printTimeChoice(view.time)],
    ['message', view.message],
    ['at', view.at],
    ['panel', view.panel],
  ]
  const given = entries.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`],
  )
  return given.length === 0 ? '' : `?${given.join('&')}`
}

/**
 * A view after a change. Another list begins at its newest message, unless the change names a time. What cannot be read is kept
 * until its own choice is made: a wider list must not stand for it.
 */
export function changedView(view: View, change: Partial<View>): View {
  const isSameList = Object.keys(change).every((name) => name === 'message' || name === 'panel')
  const unreadable = view.unreadable.filter(({ name }) => !(name in change))
  return { ...view, ...(!isSameList && { at: null }), unreadable, ...change }
}

function timeOf(value: string | null): string | null {
  const time = new Date(value ?? Number.NaN)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

function lower(value: string): string {
  return value.toLowerCase()
}

/** The values that are none of the known ones, as one. */
function othersOf(
  name: Unreadable['name'],
  known: readonly string[],
  values: readonly string[],
): Unreadable[] {
  const others = values.filter((value) => !known.includes(value.toUpperCase()))
  return others.length === 0 ? [] : [{ name, value: others.join(',') }]
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | null {
  return known.find((one) => one === value) ?? null
}

function someOf<T extends string>(known: readonly T[], values: readonly string[]): T[] {
  const given = new Set(values.map((value) => value.toUpperCase()))
  return known.filter((one) => given.has(one))
}
