import type { OctopodsRow, WacrRow } from '../../src/index.js'

export const NOON: number = Date.UTC(2026, 3, 24, 12)

export function wacrRow(id: number, patch: Partial<WacrRow> = {}): WacrRow {
  const createdAt = NOON + id * 1000
  return {
    id,
    interactionId: 12,
    senderId: '+12125550147',
    type: 'text',
    message: `Message ${id}`,
    status: 'sent',
    messageId: `wamid.${id}`,
    createdAt,
    updatedAt: createdAt,
    timeSent: null,
    isRead: false,
    direction: 'outbound',
    statusMessage: null,
    refMessageId: null,
    url: null,
    staffId: null,
    ...patch,
  }
}

export function wacrRows(count: number, patch: (id: number) => Partial<WacrRow> = () => ({})): WacrRow[] {
  return Array.from({ length: count }, (_, position) => wacrRow(position + 1, patch(position + 1)))
}

export function octopodsRow(messageId: number, patch: Partial<OctopodsRow> = {}): OctopodsRow {
  const createdAt = NOON + messageId * 1000
  return {
    messageId,
    phoneNumber: '+12125550147',
    createdAt,
    content: `Message ${messageId}`,
    status: 'SENT',
    failure: null,
    channelMessageId: `wamid.${messageId}`,
    deliveredAt: null,
    readAt: null,
    updatedAt: createdAt,
    ...patch,
  }
}

export function octopodsRows(
  count: number,
  patch: (id: number) => Partial<OctopodsRow> = () => ({}),
): OctopodsRow[] {
  return Array.from({ length: count }, (_, position) => octopodsRow(position + 1, patch(position + 1)))
}
