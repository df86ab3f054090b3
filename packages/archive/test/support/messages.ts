import { type Message, toldContact } from '@waybill/core'

/** A message with only what a test is about. */
export function message(upstreamId: string, fields: Partial<Message> = {}): Message {
  const complete = {
    upstreamId,
    whatsappId: null,
    direction: 'OUTBOUND',
    type: 'TEXT',
    rawType: 'text',
    status: 'SENT',
    rawStatus: 'sent',
    text: `Message ${upstreamId}`,
    from: null,
    to: '+14155552671',
    interactionId: null,
    isRead: null,
    sentAt: Date.UTC(2026, 3, 24, 12),
    failure: null,
    raw: { id: upstreamId },
    ...fields,
  } satisfies Omit<Message, 'contact'>
  return { ...complete, contact: fields.contact ?? toldContact(complete) }
}
