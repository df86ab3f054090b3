/** One row of WA.cr's message table, hidden columns included. Times are milliseconds since the epoch, whole seconds. */
export interface WacrRow {
  readonly id: number
  readonly interactionId: number | null
  readonly senderId: string | null
  readonly type: string | null
  readonly message: string | null
  readonly status: string | null
  readonly messageId: string | null
  /** Sorted by, never shown. */
  readonly createdAt: number
  /** Sorted by, never shown. */
  readonly updatedAt: number
  /** `sent_at` shows it, or `createdAt` where it is null. */
  readonly timeSent: number | null
  readonly isRead: boolean
  /** Filtered on, never shown. */
  readonly direction: 'inbound' | 'outbound'
  readonly statusMessage: string | null
  readonly refMessageId: string | null
  readonly url: string | null
  readonly staffId: number | null
  /** Fields that the documentation does not know; shown as they are. */
  readonly extra?: Readonly<Record<string, unknown>>
}
