import type { Completeness, CountsQuery, ListReportFragment } from '../api/operations.js'
import { dayOf, type Day, type Span } from '../address/time-choice.js'
import { addFigures, type Figures, figureOf, NO_FIGURES } from './figures.js'

/** More bars than this are too thin to be clicked with a mouse. */
const MOST_BARS = 62

/** How long a bar is. */
export type BarLength = 'day' | 'week' | 'month' | 'year'
const LENGTHS: readonly BarLength[] = ['day', 'week', 'month', 'year']

/** The messages of some days. */
export interface Bar {
  readonly from: Day
  /** Its last day. */
  readonly to: Day
  readonly figures: Figures
  /** The labels of the sources whose messages of these days are not all known. */
  readonly incomplete: readonly string[]
}

export interface Bars {
  readonly length: BarLength
  readonly bars: readonly Bar[]
}

type Groups = CountsQuery['messageCounts']['groups']

/**
 * The bars of a count by day and status, without a gap between the first and the last day: those that are chosen, or else those
 * that have messages. Days are put together where there are too many of them.
 *
 * @param most how many bars there is room for
 */
export function barsOf(
  groups: Groups,
  reports: readonly ListReportFragment[],
  span: Span,
  now: number,
  most: number = MOST_BARS,
): Bars {
  const days = new Map<Day, Figures>()
  for (const { period, status, count } of groups) {
    if (period === null) continue
    const day = dayOf(new Date(period))
    const figures = { ...NO_FIGURES, [figureOf(status)]: count }
    days.set(day, addFigures(days.get(day) ?? NO_FIGURES, figures))
  }
  const known = [...days.keys()].toSorted()
  const first = span.from === null ? known[0] : dayOf(span.from)
  if (first === undefined) return { length: 'day', bars: [] }
  const end = span.to === null ? now : Math.min(span.to.getTime() - 1, now)
  const last = [dayOf(new Date(end)), known.at(-1) ?? first].toSorted().at(-1) ?? first
  const { length, starts } = divide(first, last, Math.min(most, MOST_BARS))
  const bars = starts.map((from, index): Bar => {
    const next = starts[index + 1]
    const to = next === undefined ? last : dayBefore(next)
    const figures = known.filter((day) => day >= from && day <= to).flatMap((day) => days.get(day) ?? [])
    return {
      from,
      to,
      figures: figures.reduce(addFigures, NO_FIGURES),
      incomplete: incompleteIn(startOf(from), startOf(dayAfter(to)), reports),
    }
  })
  return { length, bars }
}

/** The first days of all bars. */
function divide(
  first: Day,
  last: Day,
  most: number,
): { readonly length: BarLength; readonly starts: readonly Day[] } {
  for (const length of LENGTHS) {
    const starts: Day[] = []
    for (let day = first; day <= last && starts.length <= most; day = nextStart(day, length)) starts.push(day)
    if (starts.length <= most || length === 'year') return { length, starts }
  }
  return { length: 'year', starts: [] }
}

/** Weeks begin on Mondays; the first bar may be shorter than the others. */
function nextStart(day: Day, length: BarLength): Day {
  const date = new Date(startOf(day))
  const [year, month, dayOfMonth] = [date.getFullYear(), date.getMonth(), date.getDate()]
  switch (length) {
    case 'day':
      return dayAfter(day)
    case 'week':
      return dayOf(new Date(year, month, dayOfMonth + 7 - ((date.getDay() + 6) % 7)))
    case 'month':
      return dayOf(new Date(year, month + 1, 1))
    case 'year':
      return dayOf(new Date(year + 1, 0, 1))
  }
}

/** With these, messages of any day may be missing; the others say of which days. */
const ANYWHERE: readonly Completeness[] = ['BUDGET_SPENT', 'NOT_TOLD', 'UNPROVEN', 'UNKNOWN']

function incompleteIn(from: number, to: number, reports: readonly ListReportFragment[]): string[] {
  return reports
    .filter(({ outcome, completeness, gaps, reachesBackTo, warnings }) => {
      if (outcome === 'FAILED' || ANYWHERE.includes(completeness)) return true
      // A late archive is a gap; whatever else holds beside gaps concerns all days.
      if (warnings.some(({ code }) => code !== 'ARCHIVE_LATE')) return true
      if (reachesBackTo !== null && from < Date.parse(reachesBackTo)) return true
      return gaps.some((gap) => Date.parse(gap.from) < to && Date.parse(gap.to) >= from)
    })
    .map(({ source }) => source.label)
}

/** Local midnight at the beginning of a day. */
function startOf(day: Day): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).getTime()
}

function dayAfter(day: Day): Day {
  const date = new Date(startOf(day))
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1))
}

function dayBefore(day: Day): Day {
  const date = new Date(startOf(day))
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() - 1))
}
