import type { WacrRow } from '../wacr/wacr-row.js'
import { plainTime } from './plain-time.js'

/**
 * A row with every column filled in, the same each time: what a test says of it is what makes it special.
 *
 * @param id A higher one is newer, by a second each.
 * @param changes What is to be otherwise; `updatedAt` follows `createdAt`.
 *
 * @example plainWacrRow(3, { status: null })
 */
export function plainWacrRow(id: number, changes: Partial<WacrRow> = {}): WacrRow {
  const createdAt = changes.createdAt ?? plainTime(id)
  return {
    id,
    interactionId: 7,
    senderId: '14155552671',
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
    ...changes,
  }
}
