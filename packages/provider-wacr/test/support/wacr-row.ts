import type { WacrRow } from '@waybill/emulators'

const CREATED_AT = Date.parse('2026-04-24T12:00:00Z')

/** A row with every field filled in; a higher id is a newer one. */
export function wacrRow(id: number, changes: Partial<WacrRow> = {}): WacrRow {
  return {
    id,
    interactionId: 7,
    senderId: '14155552671',
    type: 'text',
    message: `Message ${id}`,
    status: 'sent',
    messageId: `wamid.${id}`,
    createdAt: CREATED_AT + id * 1000,
    updatedAt: CREATED_AT + id * 1000,
    timeSent: null,
    isRead: false,
    direction: 'outbound',
    statusMessage: null,
    refMessageId: null,
    url: null,
    staffId: null,
    ...changes,
  }
}

export function wacrRows(count: number): WacrRow[] {
  return Array.from({ length: count }, (_, index) => wacrRow(index + 1))
}
