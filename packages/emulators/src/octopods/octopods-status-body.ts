import { stringifyNumbers } from '../server/stringify-numbers.js'
import { formatTimestamp } from '../server/timestamp.js'
import { shownPhone } from './octopods-phone.js'
import type { OctopodsRow } from './octopods-row.js'
import type { OctopodsSettings } from './octopods-settings.js'

/** A row as the status endpoint shows it, in the shape that the settings choose. */
export function statusBody(row: OctopodsRow, requestId: string, settings: OctopodsSettings): unknown {
  const fields = settings.statusShape === 1 ? describedStatus(row) : timedStatus(row, settings)
  const body = { request_id: requestId, message_id: row.messageId, ...fields }
  return settings.numbersAsStrings ? stringifyNumbers(body) : body
}

function describedStatus(row: OctopodsRow): object {
  return {
    status: row.status,
    status_message: row.failure?.title ?? DESCRIPTIONS[row.status] ?? 'The status is not yet available.',
    channel_message_id: row.channelMessageId,
    intercom_conversation_id: '',
    intercom_conversation_part_id: '',
    last_updated: formatTimestamp(row.updatedAt),
  }
}

function timedStatus(row: OctopodsRow, settings: OctopodsSettings): object {
  return {
    status: row.status.toLowerCase(),
    phone_number: shownPhone(row, settings),
    channel_message_id: row.channelMessageId,
    sent_at: formatTimestamp(row.createdAt),
    delivered_at: row.deliveredAt === null ? null : formatTimestamp(row.deliveredAt),
    read_at: row.readAt === null ? null : formatTimestamp(row.readAt),
    failure_reason: row.failure?.title ?? null,
  }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  SENT: 'Your message has been sent.',
  DELIVERED: 'Your message has been delivered successfully.',
  READ: 'Your message has been read.',
  FAILED: 'Your message could not be delivered.',
  DELETED: 'Your message has been deleted.',
}
