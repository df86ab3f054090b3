import type { MessageDetail, MessageStatus } from '../message/message.js'

/** A status and when it was first seen, in milliseconds since the epoch. */
export interface StatusChange {
  readonly status: MessageStatus | null
  readonly observedAt: number
}

/** A text that a message had, and when another in its place was first seen, in milliseconds since the epoch. */
export interface TextVersion {
  /** Null where it had none. */
  readonly text: string | null
  readonly replacedAt: number
}

/** What an archive knows of a message beside the message. */
export interface ArchiveRecord {
  /** Every status that was seen, oldest first. */
  readonly statusHistory: readonly StatusChange[]
  /** Texts that it had before it was edited, oldest first. */
  readonly textHistory: readonly TextVersion[]
  /** When it was found to be deleted upstream, in milliseconds since the epoch; null while it is there. */
  readonly deletedAt: number | null
  /** What a request for the single message told; null where there was none. */
  readonly detail: MessageDetail | null
  /** Whether the message still has the status that it had at that request. */
  readonly isDetailCurrent: boolean
}
