import type { Contact, Message } from '@waybill/core'

/** The other party of messages of one source, told as plainly as can be: by looking at all of them. */
export function contactsOf(messages: readonly Message[]): Map<string, Contact | null> {
  return new Map(messages.map((each) => [each.upstreamId, contactOf(each, messages)]))
}

/** Messages as an archive has them. */
export function withContacts(messages: readonly Message[]): Message[] {
  const contacts = contactsOf(messages)
  return messages.map((each) => ({ ...each, contact: contacts.get(each.upstreamId) ?? null }))
}

/** An index holds no more of a long text, and nothing is derived from it. */
const MOST_UNITS = 400

function contactOf(message: Message, all: readonly Message[]): Contact | null {
  const own = toldBy(message)
  if (own !== null) return { id: own, basis: 'TOLD' }
  if (message.interactionId === null) return null
  const others = all.filter(({ interactionId }) => interactionId === message.interactionId)
  const told = new Set(others.map(toldBy).filter((each) => each !== null))
  const [id, ...more] = told
  if (id === undefined || more.length > 0 || id.length > MOST_UNITS) return null
  return { id, basis: 'CONVERSATION' }
}

function toldBy({ direction, from, to }: Message): string | null {
  if (direction === null) return null
  return direction === 'INBOUND' ? from : to
}
