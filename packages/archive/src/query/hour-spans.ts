import { HOUR_MS, isTimeClause, type MessageFilter, type TimeZone, type ZoneSegment } from '@waybill/core'

/** Hours of UTC, the last one excluded, that are counted as a whole. */
export interface HourSpan {
  readonly from: number
  readonly to: number
  /** What the clocks show less UTC: whole quarters of an hour; 0 where no local periods are asked for. */
  readonly offset: number
  /** When the clocks changed to the offset, in milliseconds; null where that was an hour before the span, or never. */
  readonly changedAt: number | null
}

/** A span of time in milliseconds; its end is excluded. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** How a span of time is counted: mostly by hours, and message by message where an hour belongs to it in part. */
export interface SpanDivision {
  readonly hours: readonly HourSpan[]
  readonly rest: readonly Span[]
}

/** Dates before and after are no times of messages. They are counted one by one, if there are any. */
export const CALENDAR: Span = { from: 0, to: Date.UTC(2100, 0, 1) }

const QUARTER_MS = HOUR_MS / 4

/**
 * Divides what a filter asks for.
 *
 * @param sent where the messages of the source lie
 * @param zone null where no local periods are asked for
 */
export function divideSpan(filter: MessageFilter, sent: Span, zone: TimeZone | null): SpanDivision {
  const asked = askedHours(filter)
  const from = Math.max(asked.from, hourAfter(CALENDAR.from), Math.floor(sent.from / HOUR_MS))
  const to = Math.min(asked.to, hourAfter(CALENDAR.to), hourAfter(sent.to))
  if (from >= to) return { hours: [], rest: [sent] }
  const segments = segmentsOf(zone, from * HOUR_MS, to * HOUR_MS)
  const hours = segments.flatMap((segment, index) => wholeHours(segment, index > 0, from))
  const rest: Span[] = []
  let end = sent.from
  for (const span of hours) {
    rest.push({ from: end, to: span.from * HOUR_MS })
    end = span.to * HOUR_MS
  }
  rest.push({ from: end, to: sent.to })
  return { hours, rest: rest.filter((span) => span.from < span.to) }
}

function segmentsOf(zone: TimeZone | null, from: number, to: number): readonly ZoneSegment[] {
  // An hour that begins with a change is told by what was before.
  return zone === null ? [{ from, to, offset: 0 }] : zone.segments(from - HOUR_MS, to)
}

function wholeHours({ from, to, offset }: ZoneSegment, isChange: boolean, first: number): HourSpan[] {
  const changedAt = isChange ? from : null
  const span = { from: Math.max(hourAfter(from), first), to: Math.floor(to / HOUR_MS), offset, changedAt }
  return offset % QUARTER_MS === 0 && span.from < span.to ? [span] : []
}

/** The hours of which every moment satisfies the clauses on time. */
function askedHours(filter: MessageFilter): Span {
  let [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const { operator, value } of filter.filter(isTimeClause)) {
    if (operator === 'gte') from = Math.max(from, hourAfter(value))
    if (operator === 'gt') from = Math.max(from, Math.floor(value / HOUR_MS) + 1)
    if (operator === 'lt' || operator === 'lte') to = Math.min(to, Math.floor(value / HOUR_MS))
  }
  return { from, to }
}

function hourAfter(time: number): number {
  return Math.ceil(time / HOUR_MS)
}
