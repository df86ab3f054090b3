import type { Message, MessageStatus } from '@waybill/core'

/** Statuses that nothing follows. */
export const FINAL_STATUSES: readonly MessageStatus[] = ['READ', 'FAILED', 'DELETED']

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

/** What was delivered mostly stays so, or is read much later: it begins with the late steps. */
const FIRST_LATE_STEP = 3

/** Nobody reads a message after that. */
const MAX_AGE_MS = 7 * 24 * HOUR_MS

/** Messages that were sent before this are not asked for any more, in milliseconds since the epoch. */
export function oldestWorthSettling(now: number): number {
  return now - MAX_AGE_MS
}

/**
 * When a message that is on no list any more is asked for next, in milliseconds since the epoch.
 *
 * @param attempts how often it was asked for
 * @returns null when it need not be: its status is final, or it is too old to change
 */
export function nextSettling(
  { status, sentAt }: Pick<Message, 'status' | 'sentAt'>,
  attempts: number,
  now: number,
): number | null {
  if (status !== null && FINAL_STATUSES.includes(status)) return null
  const step = status === 'DELIVERED' ? Math.max(attempts, FIRST_LATE_STEP) : attempts
  const dueAt = now + (STEPS_MS[Math.min(step, STEPS_MS.length - 1)] ?? 0)
  return dueAt - sentAt > MAX_AGE_MS ? null : dueAt
}

/** When a message that its list lacks though it exists is asked for again: each time twice as late. */
export function nextAbsenceCheck(attempts: number, now: number): number {
  return now + Math.min(MAX_AGE_MS, 5 * MINUTE_MS * 2 ** Math.min(attempts, 16))
}
