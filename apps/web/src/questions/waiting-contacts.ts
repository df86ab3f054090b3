import type { MessageType, SurveyedMessageFragment } from '../api/operations.js'

/** A person whose newest messages have no answer. */
export interface WaitingContact {
  /** The ids of the messages since the last answer, newest first. */
  readonly ids: readonly string[]
  /** When the first of them was sent, in ISO 8601. */
  readonly since: string
}

/** What nobody answers. */
const NO_QUESTION: ReadonlySet<MessageType | null> = new Set<MessageType>(['REACTION', 'SYSTEM'])

type Surveyed = Pick<
  SurveyedMessageFragment,
  'id' | 'sentAt' | 'direction' | 'status' | 'type' | 'interactionId' | 'contact' | 'source'
>

/**
 * Who has written and got no answer since, whoever wrote last first. An answer is any later message of ours in the same
 * conversation, or to the same contact by any source; one that failed is not an answer.
 *
 * @param messages of both directions and all sources, newest first, up to now
 * @param isAsked whether a message that was received is one of those that wait
 */
export function waitingContacts<Message extends Surveyed>(
  messages: readonly Message[],
  isAsked: (message: Message) => boolean = () => true,
): WaitingContact[] {
  const answered = new Set<string>()
  const waiting = new Map<string, { ids: string[]; since: string }>()
  for (const message of messages) {
    const keys = keysOf(message)
    if (message.direction === 'OUTBOUND' && message.status !== 'FAILED')
      keys.forEach((key) => answered.add(key))
    if (message.direction !== 'INBOUND' || NO_QUESTION.has(message.type)) continue
    if (keys.some((key) => answered.has(key)) || !isAsked(message)) continue
    const known = keys.map((key) => waiting.get(key)).find((one) => one !== undefined)
    const contact = known ?? { ids: [], since: message.sentAt }
    contact.ids.push(message.id)
    contact.since = message.sentAt
    for (const key of keys) waiting.set(key, contact)
  }
  return [...new Set(waiting.values())]
}

/** By what it is known that two messages are of one person; the message itself where nothing tells. */
function keysOf({ id, interactionId, contact, source }: Surveyed): string[] {
  const keys = [
    ...(interactionId === null ? [] : [`conversation ${source.key} ${interactionId}`]),
    // Without access to contents, a number is cut: others end in the same way.
    ...(contact === null || contact.id.startsWith('…') ? [] : [`contact ${contact.id}`]),
  ]
  return keys.length === 0 ? [id] : keys
}
