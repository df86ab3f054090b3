import { isDeepStrictEqual } from 'node:util'
import type { Message, MessageField } from '@waybill/core'

/** Every field but `raw`, which may change without anything having happened to the message. */
const VERSIONED_FIELDS: readonly Exclude<MessageField, 'raw'>[] = [
  'upstreamId',
  'whatsappId',
  'direction',
  'type',
  'rawType',
  'status',
  'rawStatus',
  'text',
  'from',
  'to',
  'interactionId',
  'isRead',
  'sentAt',
  'failure',
]

/** What is known once a list told the whole message: all of it, and a direction that this list did not tell. */
export function replaceWhole(stored: Message, told: Message): Message {
  return { ...told, direction: told.direction ?? stored.direction }
}

/**
 * What is known once a request for the single message told a part of it. A null is nothing told. What belongs together
 * stays together: the upstream's own word belongs to the status or type that it was told with, a failure to its status.
 */
export function fillIn(stored: Message, told: Message): Message {
  const sameType = told.type === null || told.type === stored.type
  const sameStatus = told.status === null || told.status === stored.status
  return {
    upstreamId: stored.upstreamId,
    whatsappId: told.whatsappId ?? stored.whatsappId,
    direction: told.direction ?? stored.direction,
    type: told.type ?? stored.type,
    rawType: told.rawType ?? (sameType ? stored.rawType : null),
    status: told.status ?? stored.status,
    rawStatus: told.rawStatus ?? (sameStatus ? stored.rawStatus : null),
    text: told.text ?? stored.text,
    from: told.from ?? stored.from,
    to: told.to ?? stored.to,
    interactionId: told.interactionId ?? stored.interactionId,
    isRead: told.isRead ?? stored.isRead,
    sentAt: told.sentAt,
    failure: told.failure ?? (sameStatus ? stored.failure : null),
    raw: stored.raw,
  }
}

/** The fields in which two versions of a message differ, with the values of the first. */
export function differingFields(before: Message, after: Message): Partial<Message> {
  const fields = VERSIONED_FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]))
  return Object.fromEntries(fields.map((field) => [field, before[field]]))
}
