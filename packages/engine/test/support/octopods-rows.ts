import type { OctopodsRow } from '@waybill/emulators'
import { BEGIN, MINUTE_MS } from './wacr-rows.js'

/** A row with every field filled in; a higher id is a newer one. */
export function octopodsRow(messageId: number, changes: Partial<OctopodsRow> = {}): OctopodsRow {
  const createdAt = changes.createdAt ?? BEGIN + messageId * MINUTE_MS
  return {
    messageId,
    phoneNumber: '+14155552671',
    createdAt,
    content: `Message ${messageId}`,
    status: 'SENT',
    failure: null,
    channelMessageId: `wamid.${messageId}`,
    deliveredAt: null,
    readAt: null,
    updatedAt: createdAt,
    ...changes,
  }
}

export function octopodsRows(
  count: number,
  change: (id: number) => Partial<OctopodsRow> = () => ({}),
): OctopodsRow[] {
  return Array.from({ length: count }, (_, index) => octopodsRow(index + 1, change(index + 1)))
}
