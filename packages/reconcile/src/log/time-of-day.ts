/** A time of day alone: `14:00`, `9:05:30.5`, `2:05 PM`, with or without a zone, or `140000`. */
const CLOCK =
  /^(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s*[ap]\.?\s?m\.?)?(?:\s*(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?|\d{6})$/i

/** A day alone, in digits. */
const DAY = /^(?:(?:19|20)\d{6}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})$/

/** What spreadsheets and databases write for a day in a column of times. */
const MIDNIGHT = /[ T]0?0:00(?::00(?:\.0+)?)?$/

const TWELVE_HOURS = /(?<![\d:])(\d{1,2})(:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*([ap])\.?\s?m\.?(?=\s|$)/i

const ONE_DIGIT = /(?<=^|[ T])(?=\d:\d{2})/

export function isTimeOfDay(text: string): boolean {
  return CLOCK.test(text)
}

export function isDay(text: string): boolean {
  return DAY.test(text)
}

/**
 * Joins the day and the time of day of two columns. If one of them is a whole time already, it is taken alone.
 *
 * @example joinTime('05.10.2026', '14:00') // '05.10.2026 14:00'
 */
export function joinTime(day: string, timeOfDay: string): string {
  if (timeOfDay === '') return day
  if (day === '') return timeOfDay
  const bare = day.replace(MIDNIGHT, '')
  if (!isDay(bare)) return day
  return isTimeOfDay(timeOfDay) ? `${bare} ${timeOfDay}` : timeOfDay
}

/** A time with hours from 00 to 23: `2:05 PM` becomes `14:05`, and `9:05` becomes `09:05`. */
export function withTwoDigitHours(text: string): string {
  const on24 = text.replace(TWELVE_HOURS, (whole, hour: string, rest: string, half: string) => {
    if (Number(hour) < 1 || Number(hour) > 12) return whole
    return `${(Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)}${rest}`
  })
  return on24.replace(ONE_DIGIT, '0')
}
