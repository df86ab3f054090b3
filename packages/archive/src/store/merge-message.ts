import { isDeepStrictEqual } from 'node:util'
import { type Message, MESSAGE_FIELDS, toldContact } from '@waybill/core'

/**
 * A change of `raw` alone makes no new version: nothing has happened to the message. Nor does a change of `contact`, which
 * follows from other fields, or from other messages.
 */
const VERSIONED_FIELDS = MESSAGE_FIELDS.filter((field) => field !== 'raw' && field !== 'contact')

/**
 * A stored message after a list has shown it whole. A list that shows no direction leaves the stored one. One that shows
 * no reason of a failure leaves that of a message that has failed before: the request for the single message showed it.
 */
export function replaceWhole(stored: Message, listed: Message): Message {
  const hasStillFailed = listed.status === 'FAILED' && stored.status === 'FAILED'
  return withToldContact({
    ...listed,
    direction: listed.direction ?? stored.direction,
    failure: listed.failure ?? (hasStillFailed ? stored.failure : null),
  })
}

/**
 * A stored message after a request for the single message has shown a part of it. A null leaves what is stored. What belongs
 * together stays together: the upstream's own word belongs to the status or type that came with it, a failure to its status.
 */
export function fillIn(stored: Message, shown: Message): Message {
  const sameType = shown.type === null || shown.type === stored.type
  const sameStatus = shown.status === null || shown.status === stored.status
  return withToldContact({
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
  })
}

/** A message with the other party as its own fields tell it. */
function withToldContact(message: Omit<Message, 'contact'>): Message {
  return { ...message, contact: toldContact(message) }
}

/** The fields in which two versions of a message differ, with the values of the first. */
export function differingFields(before: Message, after: Message): Partial<Message> {
  const fields = VERSIONED_FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]))
  return Object.fromEntries(fields.map((field) => [field, before[field]]))
}
