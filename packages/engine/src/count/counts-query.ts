import {
  COUNT_KEYS,
  type CountKey,
  findTimeZone,
  type MessageField,
  nearestName,
  nearestTimeZones,
  type TimeZone,
  WaybillError,
} from '@waybill/core'
import type { CountsQuery, MessageCountKey } from '../engine.js'
import { checkTypes, COUNT_ARGUMENTS } from '../query/check-types.js'
import { type ParsedQuery, resolveQuery } from '../query/query.js'

/** A query whose every argument is known to be good, with its defaults filled in. */
export interface ParsedCounts {
  /** Which messages, as a list that is read for nothing but what they are grouped by. */
  readonly query: ParsedQuery
  /** Each key once, and no `DAY` beside `HOUR`. */
  readonly by: readonly MessageCountKey[]
  /** The same without the source, which is one for all messages of a source. */
  readonly keys: readonly CountKey[]
  readonly zone: TimeZone
}

/** @throws WaybillError BAD_USER_INPUT or INVALID_FILTER, naming the argument and what is allowed. */
export function resolveCounts(given: CountsQuery): ParsedCounts {
  checkTypes(given, COUNT_ARGUMENTS)
  const { filter, search, onSourceError, maxUpstreamRequests, signal } = given
  const by = parseKeys(given.by ?? ['STATUS'])
  const keys = by.filter((key) => key !== 'SOURCE')
  const fields = new Set<MessageField>(keys.map((key) => FIELDS[key]))
  const listed = { filter, search, onSourceError, maxUpstreamRequests, signal, fields, first: LARGEST_PAGE }
  return { query: resolveQuery(listed), by, keys, zone: parseTimeZone(given.timeZone ?? 'UTC') }
}

const LARGEST_PAGE = 500

/** What a message is grouped by. */
const FIELDS: Readonly<Record<CountKey, MessageField>> = {
  DAY: 'sentAt',
  HOUR: 'sentAt',
  STATUS: 'status',
  TYPE: 'type',
  DIRECTION: 'direction',
  FAILURE_CODE: 'failure',
}

const ALLOWED: readonly MessageCountKey[] = ['SOURCE', ...COUNT_KEYS]

function parseKeys(given: readonly unknown[]): MessageCountKey[] {
  const keys = new Set(given.map(parseKey))
  if (keys.has('HOUR')) keys.delete('DAY')
  return [...keys]
}

function parseKey(given: unknown): MessageCountKey {
  const key = ALLOWED.find((each) => each === given)
  if (key !== undefined) return key
  const meant = typeof given === 'string' ? nearestName(given, ALLOWED) : null
  throw new WaybillError(
    'BAD_USER_INPUT',
    `by holds ${typeof given === 'string' ? JSON.stringify(given) : typeof given}.${didYouMean(meant === null ? [] : [meant])} Give some of ${ALLOWED.join(', ')}.`,
  )
}

function parseTimeZone(given: string): TimeZone {
  const zone = findTimeZone(given)
  if (zone !== null) return zone
  const meant = nearestTimeZones(given)
  const found = JSON.stringify(given.length > LONGEST_NAME ? `${given.slice(0, LONGEST_NAME)}…` : given)
  throw new WaybillError(
    'BAD_USER_INPUT',
    `timeZone is ${found}, which is no IANA time zone.${didYouMean(meant)} Give a name such as Europe/Berlin or UTC.`,
  )
}

const LONGEST_NAME = 40

function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : ` Did you mean ${names.join(' or ')}?`
}
