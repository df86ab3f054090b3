import { normalizePhone, type MessageStatus } from '@waybill/core'
import type { LogEntry } from '../entry.js'
import type { MessageReference } from '../finding.js'
import type { HistoryMessage } from '../history-message.js'
import { normalizeText } from './normalize-text.js'
import { rawValues } from './references.js'

/** An entry in the form in which it is compared. */
export interface ComparedEntry {
  readonly entry: number
  readonly at: number | null
  readonly id: string | null
  readonly whatsappId: string | null
  readonly reference: string | null
  readonly to: string | null
  readonly text: string | null
  readonly status: MessageStatus | null
}

/** A message in the form in which it is compared. */
export interface ComparedMessage {
  readonly id: string
  readonly source: string
  readonly upstreamId: string
  readonly whatsappId: string | null
  readonly status: MessageStatus | null
  readonly to: string | null
  readonly text: string | null
  readonly pastTexts: readonly string[]
  readonly sentAt: number
  readonly isDeleted: boolean
  readonly rawValues: readonly string[]
}

/** Brings an entry into the form in which it is compared. What is empty counts as absent. */
export function compareEntry(entry: LogEntry): ComparedEntry {
  const to = filled(entry.to)
  return {
    entry: entry.entry,
    at: entry.at,
    id: filled(entry.id),
    whatsappId: filled(entry.whatsappId),
    reference: filled(entry.reference),
    to: numberOf(to),
    text: textOf(entry.text),
    status: entry.status ?? null,
  }
}

/** Brings a message into the form in which it is compared. */
export function compareMessage(message: HistoryMessage): ComparedMessage {
  const { id, source, upstreamId, whatsappId, status, to, sentAt } = message
  return {
    id,
    source,
    upstreamId,
    whatsappId,
    status,
    to: numberOf(to),
    text: textOf(message.text),
    pastTexts: (message.pastTexts ?? []).map(normalizeText).filter((text) => text !== ''),
    sentAt,
    isDeleted: status === 'DELETED' || (message.deletedAt ?? null) !== null,
    rawValues: rawValues(message.raw),
  }
}

/** A name for a message that no other message has. */
export function messageKey({ source, upstreamId }: Pick<ComparedMessage, 'source' | 'upstreamId'>): string {
  return `${source}\n${upstreamId}`
}

/** The key of number and text; null where one of them is not known. */
export function textKey(to: string | null, text: string | null): string | null {
  return to === null || text === null ? null : `${to}\n${text}`
}

/** How a finding names a message. */
export function referTo({ source, upstreamId, id }: ComparedMessage): MessageReference {
  return { source, upstreamId, message: id }
}

/** Most numbers are in the one form already. */
function numberOf(value: string | null): string | null {
  return value === null || /^\+[1-9]\d{7,14}$/.test(value) ? value : normalizePhone(value)
}

function filled(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

function textOf(value: string | null | undefined): string | null {
  const text = normalizeText(value ?? '')
  return text === '' ? null : text
}
