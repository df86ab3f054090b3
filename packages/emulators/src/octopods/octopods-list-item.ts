import { stringifyNumbers } from '../server/stringify-numbers.js'
import { formatTimestamp } from '../server/timestamp.js'
import { shownPhone } from './octopods-phone.js'
import type { OctopodsRow } from './octopods-row.js'
import type { OctopodsSettings } from './octopods-settings.js'

/** A row as the list shows it, in the shape that the settings choose. */
export function listItem(row: OctopodsRow, settings: OctopodsSettings): unknown {
  const item = settings.listShape === 'A' ? itemWithContent(row, settings) : itemOfEnvelope(row, settings)
  return settings.numbersAsStrings ? stringifyNumbers(item) : item
}

function itemWithContent(row: OctopodsRow, settings: OctopodsSettings): unknown {
  return {
    user_phone_number: shownPhone(row, settings),
    created_at: formatTimestamp(row.createdAt),
    message_content: row.content,
    message_status: {
      // The list calls Octopods' own id by the name that the status endpoint has for the provider's.
      channel_message_id: row.messageId,
      message_status: row.status,
      failure_reason: row.failure === null ? '' : { code: row.failure.code, title: row.failure.title },
    },
  }
}

function itemOfEnvelope(row: OctopodsRow, settings: OctopodsSettings): unknown {
  return {
    message_id: row.messageId,
    status: row.status.toLowerCase(),
    phone_number: shownPhone(row, settings),
    sent_at: formatTimestamp(row.createdAt),
    ...(row.failure === null ? {} : { failure_reason: row.failure.title }),
  }
}
