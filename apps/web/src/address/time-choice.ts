/** A day of the calendar: `2026-11-28`. */
export type Day = string

/** Which time is wanted. Days are those of the person's zone, and the last one is included. */
export type TimeChoice =
  | { readonly kind: 'all' | 'today' | 'yesterday' | 'week' }
  | { readonly kind: 'days'; readonly from: Day | null; readonly to: Day | null }

const NAMED = ['all', 'today', 'yesterday', 'week'] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Reads `today`, `yesterday`, `week`, or two days with `..` between them, either of which may be missing. */
export function parseTimeChoice(text: string | null): TimeChoice {
  const kind = NAMED.find((name) => name === text)
  if (kind !== undefined) return { kind }
  const [from = '', to = '', ...more] = (text ?? '').split('..')
  const days = { from: isDay(from) ? from : null, to: isDay(to) ? to : null }
  return more.length > 0 || (days.from ?? days.to) === null ? { kind: 'all' } : { kind: 'days', ...days }
}

/** The text that `parseTimeChoice` reads; null for all of time. */
export function printTimeChoice(choice: TimeChoice): string | null {
  if (choice.kind === 'all') return null
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
      return { from: null, to: null }
    case 'today':
      return { from: midnight(new Date(now), 0), to: null }
    case 'yesterday':
      return { from: midnight(new Date(now), -1), to: midnight(new Date(now), 0) }
    case 'week':
      return { from: midnight(new Date(now), -6), to: null }
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

function twoDigits(figure: number): string {
  return String(figure).padStart(2, '0')
}

function isDay(text: string): boolean {
  return DAY.test(text) && dayOf(dateOf(text)) === text
}

/** Local midnight of a day. */
function dateOf(day: Day): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date)
}

function midnight(time: Date, days: number): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate() + days)
}
