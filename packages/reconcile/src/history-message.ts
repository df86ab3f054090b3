import type { Message } from '@waybill/core'

/** One message of the history that a log is compared with. */
export interface HistoryMessage extends Pick<
  Message,
  'upstreamId' | 'whatsappId' | 'direction' | 'status' | 'text' | 'sentAt'
> {
  /** The name under which findings refer to it, for example Waybill's global id. */
  readonly id: string
  /** Id of the source. An upstream id is unique within its source. */
  readonly source: string
  /** The recipient's phone number; null where it is not known. */
  readonly to: string | null
  /** The upstream's own object, in which references are looked for. Absent: no reference is found. */
  readonly raw?: unknown
  /** Texts that the message had before it was edited. */
  readonly pastTexts?: readonly string[] | undefined
  /** When its deletion was found, in milliseconds since the epoch; null or absent: it was not deleted. */
  readonly deletedAt?: number | null | undefined
}

/** What {@link toHistoryMessage} needs beside the message. */
export interface HistoryContext {
  /** The name under which findings refer to the message. */
  readonly id: string
  readonly source: string
  readonly pastTexts?: readonly string[] | undefined
  readonly deletedAt?: number | null | undefined
}

/** A normalized message as a part of the history that a log is compared with. */
export function toHistoryMessage(message: Message, context: HistoryContext): HistoryMessage {
  const { upstreamId, whatsappId, direction, status, text, sentAt, raw } = message
  // Of a message that was sent, the other party is the recipient; an archive derives it from the conversation.
  const to = message.to ?? message.contact?.id ?? null
  const { id, source, pastTexts, deletedAt } = context
  return {
    id,
    source,
    upstreamId,
    whatsappId,
    direction,
    status,
    text,
    to,
    sentAt,
    raw,
    pastTexts,
    deletedAt,
  }
}
