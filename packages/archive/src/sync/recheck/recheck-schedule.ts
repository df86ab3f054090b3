import type { Message } from '@waybill/core'
import { FINAL_STATUSES, LONGEST_CHANGING_MS } from '../../store/non-final.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long after the first, the second … time that a message was asked for it is asked for again. */
const STEPS_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  4 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
]

/** Messages that were sent before this are not asked for any more, in milliseconds since the epoch. */
export function oldestWorthRechecking(now: number): number {
  return now - LONGEST_CHANGING_MS
}

/**
 * When a message that is on no list any more is asked for next, in milliseconds since the epoch.
 *
 * @param attempts how often it was asked for
 * @returns null when it need not be: its status is final, or it is too old to change
 */
export function nextRecheck(
  { status, sentAt }: Pick<Message, 'status' | 'sentAt'>,
  attempts: number,
  now: number,
): number | null {
  if (status !== null && FINAL_STATUSES.includes(status)) return null
  const dueAt = now + (status === 'DELIVERED' ? untilRead(now - sentAt) : retryDelayMs(attempts))
  return dueAt - sentAt > LONGEST_CHANGING_MS ? null : dueAt
}

/** How long a message is left alone that was asked for so often, in milliseconds. */
export function retryDelayMs(attempts: number): number {
  return STEPS_MS[Math.min(attempts, STEPS_MS.length - 1)] ?? 24 * HOUR_MS
}

/** What was delivered mostly stays so. If it is read, then soon: the longer it was not, the later it is asked for. */
function untilRead(ageMs: number): number {
  return Math.min(24 * HOUR_MS, Math.max(HOUR_MS, ageMs))
}

const LONGEST_ABSENCE_MS = 7 * 24 * HOUR_MS

/** When a message that its list lacks though it exists is asked for again: each time twice as late. */
export function nextAbsenceCheck(attempts: number, now: number): number {
  return now + Math.min(LONGEST_ABSENCE_MS, 5 * MINUTE_MS * 2 ** Math.min(attempts, 16))
}
