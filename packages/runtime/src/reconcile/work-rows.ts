import { type MessageDirection, type MessageStatus, parseExactJson } from '@waybill/core'
import type { HistoryMessage, LogEntry } from '@waybill/reconcile'

/** An entry of a log, as a work store has it. */
export interface EntryRow {
  readonly entry: number
  readonly at: number | null
  readonly data: string
}

/** A message of the history, as a work store has it. */
export interface MessageRow {
  readonly sent_at: number
  readonly source: string
  readonly upstream_id: string
  readonly whatsapp_id: string | null
  readonly data: string
}

type Text = string | null
type EntryData = [id: Text, whatsappId: Text, reference: Text, to: Text, text: Text, status: Text]
type MessageData = [
  id: string,
  direction: Text,
  status: Text,
  to: Text,
  text: Text,
  pastTexts: string[],
  deletedAt: number | null,
  raw: unknown,
]

export function packEntry(entry: LogEntry): string {
  const { id, whatsappId, reference, to, text, status } = entry
  const data: EntryData = [
    id ?? null,
    whatsappId ?? null,
    reference ?? null,
    to ?? null,
    text ?? null,
    status ?? null,
  ]
  return JSON.stringify(data)
}

export function unpackEntry({ entry, at, data }: EntryRow): LogEntry {
  const [id, whatsappId, reference, to, text, status] = JSON.parse(data) as EntryData
  return { entry, at, id, whatsappId, reference, to, text, status: status as MessageStatus | null }
}

export function packMessage(message: HistoryMessage): string {
  const { id, direction, status, to, text, pastTexts = [], deletedAt = null, raw = null } = message
  const data: MessageData = [id, direction, status, to, text, [...pastTexts], deletedAt, raw]
  return JSON.stringify(data)
}

export function unpackMessage({
  sent_at,
  source,
  upstream_id,
  whatsapp_id,
  data,
}: MessageRow): HistoryMessage {
  const [id, direction, status, to, text, pastTexts, deletedAt, raw] = parseExactJson(data) as MessageData
  return {
    id,
    source,
    upstreamId: upstream_id,
    whatsappId: whatsapp_id,
    direction: direction as MessageDirection | null,
    status: status as MessageStatus | null,
    to,
    text,
    sentAt: sent_at,
    pastTexts,
    deletedAt,
    raw,
  }
}
