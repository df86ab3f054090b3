import { type TimeChoice, spanOf } from '../address/time-choice.js'

/** The time that a choice is compared with. */
export interface EarlierTime {
  readonly from: Date
  /** Not included. */
  readonly to: Date
  /** Whether it ends at the time of day that it is now, as the chosen time does. */
  readonly isPartial: boolean
}

/**
 * The time that a choice is compared with: whole weeks before, so that the days of the week are the same, or the month before. A
 * time that goes on until now is compared with as much of the earlier one.
 *
 * @param now the time now, in milliseconds
 * @returns null where the choice has no beginning or has not begun
 */
export function earlierTime(choice: TimeChoice, now: number): EarlierTime | null {
  const { from, to } = spanOf(choice, now)
  if (from === null || from.getTime() >= now || (to !== null && to <= from)) return null
  const isPartial = to === null || to.getTime() > now
  const end = isPartial ? new Date(now) : to
  const before =
    choice.kind === 'month' || choice.kind === 'lastMonth' ? monthBefore : weeksBefore(weeksOf(from, end))
  return { from: before(from), to: before(end), isPartial }
}

const WEEK_MS = 7 * 86_400_000
/** An hour is won or lost where the clocks are changed. */
const CLOCK_CHANGE_MS = 2 * 3_600_000

function weeksOf(from: Date, to: Date): number {
  return Math.max(1, Math.ceil((to.getTime() - from.getTime() - CLOCK_CHANGE_MS) / WEEK_MS))
}

/** By the calendar: the time of day stays what it is where the clocks are changed. */
function weeksBefore(weeks: number): (time: Date) => Date {
  return (time) => {
    const earlier = new Date(time)
    earlier.setDate(earlier.getDate() - 7 * weeks)
    return earlier
  }
}

/** The last day of a shorter month stands for the days that it does not have. */
function monthBefore(time: Date): Date {
  const last = new Date(time.getFullYear(), time.getMonth(), 0)
  const earlier = new Date(time)
  earlier.setFullYear(last.getFullYear(), last.getMonth(), Math.min(time.getDate(), last.getDate()))
  return earlier
}
