import { describe, expect, it } from 'vitest'
import { nextAbsenceCheck, nextRecheck } from '../../../src/sync/recheck/recheck-schedule.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const SENT_AT = Date.UTC(2026, 3, 24)

/** After how many minutes since it was sent a message is asked for, if nothing ever changes. */
function scheduleOf(status: 'SENT' | 'DELIVERED' | 'UNKNOWN' | null): number[] {
  const minutes: number[] = []
  let now = SENT_AT
  for (;;) {
    const next = nextRecheck({ status, sentAt: SENT_AT }, minutes.length, now)
    if (next === null) return minutes
    now = next
    minutes.push((now - SENT_AT) / MINUTE_MS)
  }
}

describe('a message that no list has', () => {
  it('is asked for more and more rarely, 12 times within a week, and then no more', () => {
    const sent = scheduleOf('SENT')
    expect(sent.slice(0, 7)).toEqual([1, 6, 21, 81, 321, 1041, 2481])
    expect(sent.at(-1)).toBeLessThanOrEqual((7 * DAY_MS) / MINUTE_MS)
    expect(sent).toHaveLength(12)
    expect(scheduleOf('UNKNOWN')).toEqual(sent)
    expect(scheduleOf(null)).toEqual(sent)
  })

  it('is asked for rarely from the beginning once it was delivered', () => {
    expect(scheduleOf('DELIVERED').slice(0, 7)).toEqual([60, 120, 240, 480, 960, 1920, 3360])
  })

  it.each(['READ', 'FAILED', 'DELETED'] as const)('is not asked for once it is %s', (status) => {
    expect(nextRecheck({ status, sentAt: SENT_AT }, 0, SENT_AT)).toBeNull()
  })

  it('is not asked for when it is too old', () => {
    expect(nextRecheck({ status: 'SENT', sentAt: SENT_AT }, 0, SENT_AT + 8 * DAY_MS)).toBeNull()
  })

  it('is looked for twice as late each time when its list lacks it, and once a week in the end', () => {
    const waits = [0, 1, 2, 30].map((attempts) => nextAbsenceCheck(attempts, 0) / MINUTE_MS)
    expect(waits).toEqual([5, 10, 20, (7 * DAY_MS) / MINUTE_MS])
  })
})
