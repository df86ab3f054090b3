import { isDeepStrictEqual } from 'node:util'
import type { Message, MessageField } from '@waybill/core'

/** Every field of a message: the compiler refuses this table when one is missing. */
const FIELDS: Readonly<Record<MessageField, true>> = {
  upstreamId: true,
  whatsappId: true,
  direction: true,
  type: true,
  rawType: true,
  status: true,
  rawStatus: true,
  text: true,
  from: true,
  to: true,
  interactionId: true,
  isRead: true,
  sentAt: true,
  failure: true,
  raw: true,
}

/** The names of all fields of a message. */
export const MESSAGE_FIELDS: readonly MessageField[] = Object.keys(FIELDS) as MessageField[]

/** A change of `raw` alone makes no new version: nothing has happened to the message. */
const VERSIONED_FIELDS = MESSAGE_FIELDS.filter((field) => field !== 'raw')

/** A stored message after a list has shown it whole: a list that shows no direction leaves the stored one. */
export function replaceWhole(stored: Message, listed: Message): Message {
  return { ...listed, direction: listed.direction ?? stored.direction }
}

/**
 * A stored message after a request for the single message has shown a part of it. A null leaves what is stored. What belongs
 * together stays together: the upstream's own word belongs to the status or type that came with it, a failure to its status.
 */
export function fillIn(stored: Message, shown: Message): Message {
  const sameType = shown.type === null || shown.type === stored.type
  const sameStatus = shown.status === null || shown.status === stored.status
  return {
    upstreamId: stored.upstreamId,
    whatsappId: shown.whatsappId ?? stored.whatsappId,
    direction: shown.direction ?? stored.direction,
    type: shown.type ?? stored.type,
    rawType: shown.rawType ?? (sameType ? stored.rawType : null),
    status: shown.status ?? stored.status,
    rawStatus: shown.rawStatus ?? (sameStatus ? stored.rawStatus : null),
    text: shown.text ?? stored.text,
    from: shown.from ?? stored.from,
    to: shown.to ?? stored.to,
    interactionId: shown.interactionId ?? stored.interactionId,
    isRead: shown.isRead ?? stored.isRead,
    sentAt: shown.sentAt,
    failure: shown.failure ?? (sameStatus ? stored.failure : null),
    raw: stored.raw,
  }
}

/** The fields in which two versions of a message differ, with the values of the first. */
export function differingFields(before: Message, after: Message): Partial<Message> {
  const fields = VERSIONED_FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]))
  return Object.fromEntries(fields.map((field) => [field, before[field]]))
}
