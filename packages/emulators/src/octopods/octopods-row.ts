/** The statuses that Octopods documents. */
export type OctopodsStatus = 'SENT' | 'DELIVERED' | 'READ' | 'FAILED' | 'DELETED' | 'UNKNOWN'

export interface OctopodsFailure {
  readonly code: number
  readonly title: string
}

/** One message sent through Octopods. Times are milliseconds since the epoch, whole seconds. */
export interface OctopodsRow {
  readonly messageId: number
  /** Recipient. */
  readonly phoneNumber: string
  /** When Octopods received the send request. */
  readonly createdAt: number
  /** Rendered body without HTML. */
  readonly content: string
  readonly status: OctopodsStatus | (string & {})
  readonly failure: OctopodsFailure | null
  /** The provider's own id (`wamid.…`), which only the status endpoint shows. */
  readonly channelMessageId: string
  readonly deliveredAt: number | null
  readonly readAt: number | null
  readonly updatedAt: number
}
