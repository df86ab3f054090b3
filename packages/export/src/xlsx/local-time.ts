/** Offsets of time zones change at full quarters of an hour only. */
const QUARTER_MS = 15 * 60_000

const DAY_MS = 86_400_000

/** The day 0 of spreadsheets, 1899-12-30, in days since the epoch. */
const DAY_ZERO = -25_569

/** 1900-03-01. Spreadsheets have a 29th of February 1900, so that earlier days are counted differently. */
const FIRST_DAY = 61

/** 9999-12-31 is the last day. */
const DAY_AFTER_LAST = 2_958_466

/** Makes numbers of points in time as spreadsheets keep them: days of a zone since 1899-12-30. */
export class LocalTime {
  readonly #format: Intl.DateTimeFormat
  #quarter = Number.NaN
  #offsetMs = 0

  /**
   * @param timeZone an IANA name
   * @throws RangeError for any other
   */
  constructor(timeZone: string) {
    this.#format = formatOf(timeZone)
  }

  /**
   * @param time milliseconds since the epoch
   * @returns null for a day that spreadsheets do not have
   */
  serialOf(time: number): number | null {
    const days = (time + this.#offsetAt(time)) / DAY_MS - DAY_ZERO
    return days >= FIRST_DAY && days < DAY_AFTER_LAST ? roundUp(days) : null
  }

  #offsetAt(time: number): number {
    const quarter = Math.floor(time / QUARTER_MS)
    // Messages come in order of time: most are of the same quarter as the one before.
    if (quarter !== this.#quarter) {
      this.#offsetMs = parseOffset(this.#format.formatToParts(time))
      this.#quarter = quarter
    }
    return this.#offsetMs
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
}

/** By some microseconds, since many readers cut off what is less than a millisecond. */
function roundUp(days: number): number {
  return (Math.floor(days * 1e10) + 2) / 1e10
}

/** @returns whether times can be shown in this zone: an IANA name such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Reads `GMT`, `GMT+02:00` and, of the time before zones, `GMT-00:25:21`. */
function parseOffset(parts: readonly Intl.DateTimeFormatPart[]): number {
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? []
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return sign === '-' ? -size : size
}
