/** What is behind the time of day: `Z`, or a distance from UTC. */
const ZONE = String.raw`(?:Z|[+-]\d{2}(?::?\d{2})?)?`
const CLOCK = String.raw`\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?`
const MONTH = '([a-z]{3,9})'

/** `Mon, 05 Oct 2026 14:00:00 +0200`, as in mail (RFC 2822), with or without the day of the week. */
const DAY_MONTH = new RegExp(
  String.raw`^(?:[a-z]{3,9},? )?(\d{1,2})[ -]${MONTH}[ -](\d{4}),? (${CLOCK}${ZONE})$`,
  'i',
)
/** `Oct 5, 2026, 14:00`, and `Mon Oct 05 2026 14:00:00+0200`, as JavaScript writes it. */
const MONTH_DAY = new RegExp(
  String.raw`^(?:[a-z]{3,9},? )?${MONTH}\.? (\d{1,2}),? (\d{4}),?(?: at)? (${CLOCK}${ZONE})$`,
  'i',
)
/** `Mon Oct 5 14:00:00 2026`, as C writes it. */
const YEAR_LAST = new RegExp(String.raw`^[a-z]{3} ${MONTH} (\d{1,2}) (${CLOCK}) (\d{4})$`, 'i')

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/**
 * Brings a time that has its month in English letters into the order of ISO 8601. Letters leave no doubt which one is the month.
 *
 * @returns null for anything else.
 *
 * @example spelledTime('Mon, 05 Oct 2026 14:00:00+0200') // '2026-10-05 14:00:00+0200'
 */
export function spelledTime(text: string): string | null {
  const [, day, dayMonth = '', dayYear, dayClock] = DAY_MONTH.exec(text) ?? []
  if (day !== undefined) return inOrder(dayYear, dayMonth, day, dayClock)
  const [, month, monthDay, monthYear, monthClock] = MONTH_DAY.exec(text) ?? []
  if (month !== undefined) return inOrder(monthYear, month, monthDay, monthClock)
  const [, name, nameDay, nameClock, nameYear] = YEAR_LAST.exec(text) ?? []
  return name === undefined ? null : inOrder(nameYear, name, nameDay, nameClock)
}

function inOrder(year = '', name = '', day = '', clock = ''): string | null {
  const folded = name.toLowerCase()
  const month = MONTHS.findIndex(
    (full) =>
      full === folded || full.slice(0, 3) === folded || (folded === 'sept' && full.startsWith(folded)),
  )
  if (month === -1) return null
  return `${year}-${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')} ${clock}`
}
