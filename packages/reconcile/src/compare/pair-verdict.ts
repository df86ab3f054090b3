import type { MessageStatus } from '@waybill/core'
import type { Verdict } from '../finding.js'
import type { ComparedEntry, ComparedMessage } from './compared.js'
import type { Settings } from '../options.js'

/** The verdict on an entry and its message. */
export interface PairVerdict {
  readonly verdict: Extract<
    Verdict,
    'MATCHED' | 'STATUS_DIFFERS' | 'FIELD_DIFFERS' | 'PENDING' | 'STALE' | 'DELETED_THERE'
  >
  readonly reasons: readonly string[]
}

/** How far a message that does not fail gets, one after the other. */
const PROGRESS: readonly MessageStatus[] = ['SENT', 'DELIVERED', 'READ']

/** A message that was delivered has arrived: whether it is ever read is not the sender's doing. */
const FINAL: ReadonlySet<MessageStatus> = new Set(['DELIVERED', 'READ', 'FAILED', 'DELETED'])

export function pairVerdict(
  entry: ComparedEntry,
  message: ComparedMessage,
  settings: Pick<Settings, 'now' | 'finalAfterMs' | 'window'>,
): PairVerdict {
  const fields = differingFields(entry, message, settings)
  const status = statusReason(entry.status, message.status)
  const reasons = status === null ? fields : [...fields, status.reason]
  if (message.isDeleted) return { verdict: 'DELETED_THERE', reasons }
  if (fields.length > 0) return { verdict: 'FIELD_DIFFERS', reasons }
  const isFinal = message.status === null || FINAL.has(message.status)
  const isYoung = settings.now - message.sentAt < settings.finalAfterMs
  if (!isFinal && isYoung) return { verdict: 'PENDING', reasons }
  if (status?.differs === true) return { verdict: 'STATUS_DIFFERS', reasons }
  return { verdict: isFinal ? 'MATCHED' : 'STALE', reasons }
}

function differingFields(
  entry: ComparedEntry,
  message: ComparedMessage,
  { window }: Pick<Settings, 'window'>,
): string[] {
  const reasons: string[] = []
  if (differs(entry.id, message.upstreamId)) reasons.push('id: differs')
  if (differs(entry.whatsappId, message.whatsappId)) reasons.push('whatsappId: differs')
  if (differs(entry.to, message.to)) reasons.push('to: differs')
  if (differs(entry.text, message.text))
    reasons.push(message.pastTexts.includes(entry.text ?? '') ? 'text: was edited' : 'text: differs')
  if (entry.at !== null && !isWithin(window, message.sentAt - entry.at))
    reasons.push(`at: ${(message.sentAt - entry.at) / 1000} s apart, outside of the window`)
  return reasons
}

function isWithin({ beforeMs, afterMs }: Settings['window'], delta: number): boolean {
  return delta >= -beforeMs && delta <= afterMs
}

/** Whether both sides have a field, and not the same. */
function differs(ours: string | null, theirs: string | null): boolean {
  return ours !== null && theirs !== null && ours !== theirs
}

/** The history may be further on: a log is written when a message is sent. */
function statusReason(
  ours: MessageStatus | null,
  theirs: MessageStatus | null,
): { readonly differs: boolean; readonly reason: string } | null {
  if (ours === null || ours === 'UNKNOWN') return null
  if (theirs === null) return { differs: false, reason: 'status: not known in the history' }
  const isReached = PROGRESS.includes(ours) && PROGRESS.indexOf(theirs) >= PROGRESS.indexOf(ours)
  if (ours === theirs || isReached) return null
  const isOnTheWay = ours === 'SENT' && theirs === 'UNKNOWN'
  return { differs: !isOnTheWay, reason: `status: ${ours} in the log, ${theirs} in the history` }
}
