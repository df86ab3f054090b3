/** Believable messages of one source, in the order of sending, made as they are needed: memory stays flat. */
import {
  type Message,
  type MessageDirection,
  type MessageStatus,
  type MessageType,
  toldContact,
} from '@waybill/core'
import { generateWacrRows, type WacrRow } from '@waybill/emulators'

export const SOURCE = 'shop'
const BEGIN: number = Date.UTC(2025, 0, 1)
/** Between two messages, on average. */
export const STEP_MS = 30_000
export const CHUNK = 5000

/** The messages from a number on, as many as one commit takes. */
export function chunkOf(first: number): Message[] {
  const rows = generateWacrRows({
    count: CHUNK,
    seed: first + 1,
    firstId: first + 1,
    conversations: 50_000,
    endAt: BEGIN + (first + CHUNK) * STEP_MS,
    spanMs: CHUNK * STEP_MS,
  })
  return rows.map(toMessage)
}

function toMessage(row: WacrRow): Message {
  const direction: MessageDirection = row.direction === 'inbound' ? 'INBOUND' : 'OUTBOUND'
  const from = row.senderId === null ? null : row.senderId.replace(/^\+?/, '+')
  return {
    upstreamId: String(row.id),
    whatsappId: row.messageId,
    direction,
    type: (row.type?.toUpperCase() ?? null) as MessageType | null,
    rawType: row.type,
    status: (row.status?.toUpperCase() ?? null) as MessageStatus | null,
    rawStatus: row.status,
    text: row.message,
    from,
    to: null,
    contact: toldContact({ direction, from, to: null }),
    interactionId: row.interactionId === null ? null : String(row.interactionId),
    isRead: row.isRead,
    sentAt: row.timeSent ?? row.createdAt,
    failure: null,
    raw: { ...row },
  }
}
