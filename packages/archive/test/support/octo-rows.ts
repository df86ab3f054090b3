import type { OctopodsRow } from '@waybill/emulators'

/** A message that was just sent. */
export function octoRow(
  messageId: number,
  createdAt: number,
  fields: Partial<OctopodsRow> = {},
): OctopodsRow {
  return {
    messageId,
    phoneNumber: '+14155552671',
    createdAt,
    updatedAt: createdAt,
    content: `Message ${messageId}`,
    status: 'SENT',
    failure: null,
    channelMessageId: `wamid.${messageId}`,
    deliveredAt: null,
    readAt: null,
    ...fields,
  }
}

/** So many messages, a second apart. */
export function octoRows(count: number, firstId: number, from: number): OctopodsRow[] {
  return Array.from({ length: count }, (_, index) => octoRow(firstId + index, from + index * 1000))
}
