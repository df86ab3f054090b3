/** A day of the calendar: `2026-11-28`. */
export type Day = string

/** Times with a name, which move with the day of today. */
export const NAMED_TIMES = ['all', 'today', 'yesterday', 'week', 'month', 'lastMonth'] as const

/** Which time is wanted. Days are those of the person's zone, and the last one is included. */
export type TimeChoice =
  | { readonly kind: (typeof NAMED_TIMES)[number] }
  | { readonly kind: 'days'; readonly from: Day | null; readonly to: Day | null }
  /** An address has a time that cannot be read: no list may stand for it. */
  | { readonly kind: 'unreadable'; readonly text: string }

/** The first day that a range may have: WhatsApp is younger, and whoever types a year has passed 0002 and 0020 on the way. */
export const FIRST_DAY: Day = '2000-01-01'
export const LAST_DAY: Day = '9999-12-31'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/**
 * Reads `today`, `yesterday`, `week`, `month`, `lastMonth`, or two days with `..` between them, either of which may be missing.
 * Anything else is kept as unreadable.
 */
export function parseTimeChoice(text: string | null): TimeChoice {
  if (text === null || text === '') return { kind: 'all' }
  const kind = NAMED_TIMES.find((name) => name === text)
  if (kind !== undefined) return { kind }
  const days = text.split('..')
  const [from = '', to = ''] = days
  const isReadable = days.length === 2 && days.every((day) => day === '' || isDay(day))
  return isReadable
    ? { kind: 'days', from: from === '' ? null : from, to: to === '' ? null : to }
    : { kind: 'unreadable', text }
}

/** Why a time cannot be listed; null where it can. */
export function timeFaultOf(choice: TimeChoice): 'unreadable' | 'reversed' | null {
  if (choice.kind === 'unreadable') return 'unreadable'
  if (choice.kind !== 'days') return null
  const { from, to } = choice
  return from !== null && to !== null && from > to ? 'reversed' : null
}

/** The text that `parseTimeChoice` reads; null for all of time. */
export function printTimeChoice(choice: TimeChoice): string | null {
  if (choice.kind === 'all') return null
  if (choice.kind === 'unreadable') return choice.text
  return choice.kind === 'days' ? `${choice.from ?? ''}..${choice.to ?? ''}` : choice.kind
}

/** A span of time, `from` included and `to` not. */
export interface Span {
  readonly from: Date | null
  readonly to: Date | null
}

/**
 * When the chosen time begins and ends in the zone of this device.
 *
 * @param now the time now, in milliseconds
 */
export function spanOf(choice: TimeChoice, now: number): Span {
  switch (choice.kind) {
    case 'all':
    case 'unreadable':
      return { from: null, to: null }
    case 'today':
      return { from: midnight(new Date(now), 0), to: null }
    case 'yesterday':
      return { from: midnight(new Date(now), -1), to: midnight(new Date(now), 0) }
    case 'week':
      return { from: midnight(new Date(now), -6), to: null }
    case 'month':
      return { from: firstOfMonth(new Date(now), 0), to: null }
    case 'lastMonth':
      return { from: firstOfMonth(new Date(now), -1), to: firstOfMonth(new Date(now), 0) }
    case 'days':
      return {
        from: choice.from === null ? null : midnight(dateOf(choice.from), 0),
        to: choice.to === null ? null : midnight(dateOf(choice.to), 1),
      }
  }
}

/** The day of a time in the zone of this device. */
export function dayOf(time: Date): Day {
  return `${time.getFullYear()}-${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())}`
}

/** When the day after a time begins in the zone of this device. */
export function nextMidnight(time: Date): Date {
  return midnight(time, 1)
}

/**
 * The days that a span touches. One that begins before any message could be sent, as the history of a source does, has no first
 * day.
 */
export function daysOfSpan({ from, to }: { readonly from: Date; readonly to: Date }): TimeChoice {
  const first = dayOf(from)
  return { kind: 'days', from: isDay(first) ? first : null, to: dayOf(to) }
}

function twoDigits(figure: number): string {
  return String(figure).padStart(2, '0')
}

/** Whether it is a day of the calendar that a range may have. */
export function isDay(text: string): boolean {
  return DAY.test(text) && text >= FIRST_DAY && dayOf(dateOf(text)) === text
}

/** Local midnight of a day. */
function dateOf(day: Day): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date)
}

function midnight(time: Date, days: number): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate() + days)
}

function firstOfMonth(time: Date, months: number): Date {
  return new Date(time.getFullYear(), time.getMonth() + months, 1)
}
