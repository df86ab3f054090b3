import type { OctopodsRow } from '@waybill/emulators'

const CREATED_AT = Date.parse('2026-04-24T12:00:00Z')

/** A row with every field filled in; a higher id is a newer one. */
export function octopodsRow(messageId: number, changes: Partial<OctopodsRow> = {}): OctopodsRow {
  const createdAt = CREATED_AT + messageId * 1000
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

export function octopodsRows(count: number): OctopodsRow[] {
  return Array.from({ length: count }, (_, index) => octopodsRow(index + 1))
}
