import type { Message } from '@waybill/core'

const BASE = Date.parse('2026-04-24T12:00:00Z')

/** A message with a number for its id; the larger the number, the older the message, by a minute each. */
export function message(number: number, fields: Partial<Message> = {}): Message {
  return {
    upstreamId: String(number),
    whatsappId: null,
    direction: 'OUTBOUND',
    type: 'TEXT',
    rawType: 'text',
    status: 'SENT',
    rawStatus: 'sent',
    text: `text ${number}`,
    from: null,
    to: '+14155552671',
    contact: { id: '+14155552671', basis: 'TOLD' },
    interactionId: null,
    isRead: null,
    sentAt: BASE - number * 60_000,
    failure: null,
    raw: { id: number },
    ...fields,
  }
}

/** The messages 1 to `count`, the newest first. */
export function messages(count: number): Message[] {
  return Array.from({ length: count }, (_, index) => message(index + 1))
}
