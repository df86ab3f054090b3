import type { MessageStatus } from '@waybill/core'

/**
 * One entry of a send log: a message that somebody's own system believes it has sent.
 * A field that the log does not have is null or absent. An entry can be matched if it has an identifier (`id`,
 * `whatsappId`, `reference`), or both `to` and `text`.
 */
export interface LogEntry {
  /** Its place in the log, counted from 1. Names the entry in every finding, so it is unique within a log. */
  readonly entry: number
  /** When it was sent, in milliseconds since the epoch; null where the log does not have it. */
  readonly at: number | null
  /** The id in the upstream's own system. */
  readonly id?: string | null | undefined
  /** WhatsApp's own id (`wamid.…`). */
  readonly whatsappId?: string | null | undefined
  /** A reference of the sender's own, which is looked for in the message's raw object. */
  readonly reference?: string | null | undefined
  /** The recipient's phone number, in any spelling that `normalizePhone` reads. */
  readonly to?: string | null | undefined
  /** The content, with or without HTML. */
  readonly text?: string | null | undefined
  /** How far the message got, as the log has it. */
  readonly status?: MessageStatus | null | undefined
}
