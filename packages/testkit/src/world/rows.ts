import type {
  FieldDomain,
  Message,
  MessageStatus,
  MessageType,
  ProviderCapabilities,
  SourceField,
  TimeOperator,
  ValueOperator,
} from '@waybill/core'
import { TEXTS } from './texts.js'

export const VALUE_OPERATORS: readonly ValueOperator[] = ['eq', 'ne', 'in', 'notIn', 'startsWith']
export const TIME_OPERATORS: readonly TimeOperator[] = ['gt', 'gte', 'lt', 'lte']

type ValueField = Exclude<SourceField, 'sentAt'>

/** The fields that are compared with values, and that a provider declares: the compiler refuses the table when one is missing. */
export const VALUE_FIELDS: readonly ValueField[] = Object.keys({
  status: true,
  type: true,
  direction: true,
  interactionId: true,
  from: true,
  to: true,
} satisfies Record<ValueField, true>) as ValueField[]

export const SOURCE_FIELDS: readonly SourceField[] = [...VALUE_FIELDS, 'sentAt']

/**
 * One message as the upstream is to have it, in normalized terms: the author of a world translates it into the upstream's.
 * Fields outside the domains that the provider declares are null; all times are whole seconds, in milliseconds since
 * the epoch. The member of a domain for the rest (`OTHER`, `UNKNOWN`) is to be stored as some word that
 * the normalized vocabulary does not have.
 */
export interface ConformanceRow extends Omit<
  Message,
  'upstreamId' | 'rawType' | 'rawStatus' | 'contact' | 'raw'
> {
  /** From 1, and higher for what came later. Says the upstream's id, see `ConformanceWorld.upstreamId`. */
  readonly number: number
  /** What the upstream sorts by as `createdAt`. `sentAt` is within the declared skew of it. */
  readonly createdAt: number
  /** What the upstream sorts by as `updatedAt`, where it does. */
  readonly updatedAt: number
}

/** How the rows of a case differ from others. */
export interface RowOptions {
  readonly count: number
  /** How many neighbours share one `createdAt` and one `updatedAt`; default 1. */
  readonly tied?: number | undefined
  readonly nullableText?: boolean | undefined
}

const BEGIN = Date.parse('2026-03-02T08:00:00Z')
const MINUTE_MS = 60_000
const SECOND_MS = 1000
const MAX_SKEW_MS = 30 * SECOND_MS

/**
 * Rows that use every value of every declared domain, null included where it may be, in changing company. The same
 * capabilities and options give the same rows.
 */
export function makeRows(capabilities: ProviderCapabilities, options: RowOptions): ConformanceRow[] {
  return Array.from({ length: options.count }, (_, index) => makeRow(capabilities, options, index))
}

function makeRow(
  { fields, maxSkewMs }: ProviderCapabilities,
  { count, tied = 1, nullableText = false }: RowOptions,
  index: number,
): ConformanceRow {
  const number = index + 1
  const createdAt = BEGIN + Math.floor(index / tied) * MINUTE_MS
  const status = valueOf(fields.status.domain, index, 1) as MessageStatus | null
  const text = `${TEXTS[index % TEXTS.length]} (${number})`
  return {
    number,
    whatsappId: `wamid.conformance.${number}`,
    direction: valueOf(fields.direction.domain, index, 2) as ConformanceRow['direction'],
    type: valueOf(fields.type.domain, index, 3) as MessageType | null,
    status,
    text: nullableText && index % 11 === 7 ? null : text,
    from: valueOf(fields.from.domain, index, 5, PHONES),
    to: valueOf(fields.to.domain, index, 7, PHONES),
    interactionId: valueOf(fields.interactionId.domain, index, 11, INTERACTIONS),
    isRead: index % 2 === 0,
    sentAt: createdAt - (index % 3 === 0 ? skewWithin(maxSkewMs) : 0),
    createdAt,
    updatedAt: BEGIN + updatedRank(Math.floor(index / tied), count) * MINUTE_MS,
    failure: status === 'FAILED' ? { code: '470', reason: `Reason ${number}` } : null,
  }
}

/** Every block of as many rows as there are values has each of them; the blocks differ in their order by `salt`. */
function valueOf(
  domain: FieldDomain,
  index: number,
  salt: number,
  texts: readonly string[] = [],
): string | null {
  if (domain.kind === 'absent' || domain.kind === 'time') return null
  const known = domain.kind === 'values' ? domain.values : domain.kind === 'integer' ? INTEGERS : texts
  const values = domain.nullable ? [...known, null] : known
  return values[(index + Math.floor(index / values.length) * salt) % values.length] ?? null
}

function skewWithin(maxSkewMs: number): number {
  const skew = Math.min(maxSkewMs, MAX_SKEW_MS)
  return skew - (skew % SECOND_MS)
}

/** Another order than that of creation: every other row was updated after all the rest. */
function updatedRank(rank: number, count: number): number {
  return rank % 2 === 0 ? rank : rank + count
}

/** Numbers that belong to nobody. */
const PHONES = ['+14155550101', '+447700900123', '+33199000123']
const INTERACTIONS = ['conversation-1', 'conversation-2', 'Conversation-1']
const INTEGERS = ['1', '7', '42', '17']

/** What cannot be the id of a message of any upstream, and must not be taken for a part of an address. */
export const MALFORMED_IDS: readonly string[] = [
  '',
  ' ',
  '.',
  '..',
  '../messages',
  'a/b',
  '1?limit=5',
  '1#a',
  '%2e%2e',
  '\0',
  '__proto__',
  '7 7',
]

export const LONG_ID: string = '9'.repeat(400)
