import {
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  normalizePhone,
  type Message,
  type MessageField,
} from '@waybill/core'
import { expectThat } from './conformance-failure.js'

interface Rule {
  readonly expected: string
  readonly holds: (value: unknown) => boolean
}

const TEXT: Rule = { expected: 'text or null', holds: (value) => value === null || typeof value === 'string' }
const PHONE: Rule = {
  expected: 'null or text in the form of normalizePhone',
  holds: (value) => value === null || (typeof value === 'string' && normalizePhone(value) === value),
}

const RULES: Readonly<Record<MessageField, Rule>> = {
  upstreamId: { expected: 'text', holds: (value) => typeof value === 'string' && value !== '' },
  whatsappId: TEXT,
  direction: oneOf(MESSAGE_DIRECTIONS),
  type: oneOf(MESSAGE_TYPES),
  rawType: TEXT,
  status: oneOf(MESSAGE_STATUSES),
  rawStatus: TEXT,
  text: TEXT,
  from: PHONE,
  to: PHONE,
  interactionId: TEXT,
  isRead: { expected: 'a boolean or null', holds: (value) => value === null || typeof value === 'boolean' },
  sentAt: { expected: 'whole milliseconds', holds: Number.isSafeInteger },
  failure: { expected: 'null, or a code (or null) and a reason', holds: isFailure },
  raw: { expected: 'the upstream’s own object, or null', holds: (value) => value !== undefined },
}

/** The names of a message's fields. */
export const MESSAGE_FIELDS: readonly MessageField[] = Object.keys(RULES) as MessageField[]

/** @throws ConformanceFailure for a field that is missing or is not what its type says. */
export function expectSoundMessage(message: Message): void {
  for (const field of MESSAGE_FIELDS) {
    const { holds, expected } = RULES[field]
    const value = message[field]
    expectThat(`${field} of message ${message.upstreamId}`, holds(value), expected, value)
  }
}

function oneOf(values: readonly string[]): Rule {
  const holds = (value: unknown): boolean => value === null || values.includes(value as string)
  return { expected: `null or one of ${values.join(', ')}`, holds }
}

function isFailure(value: unknown): boolean {
  if (value === null) return true
  if (typeof value !== 'object') return false
  const { code, reason } = value as Record<string, unknown>
  return TEXT.holds(code) && typeof reason === 'string'
}
