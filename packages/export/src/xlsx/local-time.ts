import { DAY_MS, findTimeZone, type TimeZone } from '@waybill/core'

/** The day 0 of spreadsheets, 1899-12-30, in days since the epoch. */
const DAY_ZERO = -25_569

/** 1900-03-01. Spreadsheets have a 29th of February 1900, so that earlier days are counted differently. */
const FIRST_DAY = 61

/** 9999-12-31 is the last day. */
const DAY_AFTER_LAST = 2_958_466

/** Makes numbers of points in time as spreadsheets keep them: days of a zone since 1899-12-30. */
export class LocalTime {
  readonly #zone: TimeZone

  /**
   * @param timeZone an IANA name
   * @throws RangeError for any other
   */
  constructor(timeZone: string) {
    const zone = findTimeZone(timeZone)
    if (zone === null) throw new RangeError(`The time zone ${timeZone} is unknown.`)
    this.#zone = zone
  }

  /**
   * @param time milliseconds since the epoch
   * @returns null for a day that spreadsheets do not have
   */
  serialOf(time: number): number | null {
    const days = (time + this.#zone.offsetAt(time)) / DAY_MS - DAY_ZERO
    return days >= FIRST_DAY && days < DAY_AFTER_LAST ? roundUp(days) : null
  }
}

/** By some microseconds, since many readers cut off what is less than a millisecond. */
function roundUp(days: number): number {
  return (Math.floor(days * 1e10) + 2) / 1e10
}
