import { stringifyFields } from '../server/stringify-numbers.js'
import { formatTimestamp } from '../server/timestamp.js'
import type { WacrRow } from './wacr-row.js'
import type { WacrSettings } from './wacr-settings.js'

export type WacrItem = Record<string, unknown>

/** A row as the list shows it. */
export function listedItem(row: WacrRow, fields: readonly string[] | null, settings: WacrSettings): WacrItem {
  const item = listedFields(row, settings)
  const chosen = Object.entries(item).filter(([name]) => fields?.includes(name))
  // A list of unknown names selects no column, and the application then selects them all.
  return finish(chosen.length === 0 ? item : Object.fromEntries(chosen), settings)
}

/** A row as the endpoint for one message shows it. */
export function detailedItem(row: WacrRow, settings: WacrSettings): WacrItem {
  const item = {
    ...listedFields(row, settings),
    status_message: row.statusMessage,
    ref_message_id: row.refMessageId,
    url: row.url,
    staff_id: row.staffId,
  }
  return finish(item, settings)
}

function listedFields(row: WacrRow, { timestampFormat }: WacrSettings): WacrItem {
  return {
    id: row.id,
    interaction_id: row.interactionId,
    sender_id: row.senderId,
    type: row.type,
    message: row.message,
    status: row.status,
    message_id: row.messageId,
    sent_at: formatTimestamp(row.timeSent ?? row.createdAt, timestampFormat),
    is_read: row.isRead,
    ...row.extra,
  }
}

function finish(item: WacrItem, { numbersAsStrings }: WacrSettings): WacrItem {
  return numbersAsStrings ? stringifyFields(item) : item
}
