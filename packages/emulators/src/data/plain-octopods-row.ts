import type { OctopodsRow } from '../octopods/octopods-row.js'
import { plainTime } from './plain-time.js'

/**
 * A row with every column filled in, the same each time: what a test says of it is what makes it special.
 *
 * @param messageId A higher one is newer, by a second each.
 * @param changes What is to be otherwise; `updatedAt` follows `createdAt`.
 *
 * @example plainOctopodsRow(3, { status: 'FAILED' })
 */
export function plainOctopodsRow(messageId: number, changes: Partial<OctopodsRow> = {}): OctopodsRow {
  const createdAt = changes.createdAt ?? plainTime(messageId)
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
