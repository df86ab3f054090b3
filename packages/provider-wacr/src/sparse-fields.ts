import type { MessageField } from '@waybill/core'

/** The upstream's fields in its own order. */
const COLUMNS = [
  'id',
  'interaction_id',
  'sender_id',
  'type',
  'message',
  'status',
  'message_id',
  'sent_at',
  'is_read',
] as const

type Column = (typeof COLUMNS)[number]

/** Every message needs them. */
const ALWAYS: readonly Column[] = ['id', 'sent_at']

/** The column of a field; null where no column has it. */
const COLUMN_OF: Readonly<Record<Exclude<MessageField, 'raw'>, Column | null>> = {
  upstreamId: 'id',
  whatsappId: 'message_id',
  direction: null,
  type: 'type',
  rawType: 'type',
  status: 'status',
  rawStatus: 'status',
  text: 'message',
  from: 'sender_id',
  to: null,
  contact: null,
  interactionId: 'interaction_id',
  isRead: 'is_read',
  sentAt: 'sent_at',
  failure: 'status',
}

/** The parameter `fields`; null where everything is to be sent. */
export function fieldsParameter(fields: ReadonlySet<MessageField> | null): string | null {
  if (fields === null) return null
  const columns = new Set<Column | null>(ALWAYS)
  for (const field of fields) {
    if (field === 'raw') return null
    columns.add(COLUMN_OF[field])
  }
  return COLUMNS.filter((column) => columns.has(column)).join(',')
}
