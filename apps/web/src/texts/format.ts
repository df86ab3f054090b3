import { locale } from './language.js'

const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const calendarDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
const number = new Intl.NumberFormat(locale)
const plurals = new Intl.PluralRules(locale)
const ago = new Intl.RelativeTimeFormat(locale)
const zone = new Intl.DateTimeFormat(locale, { timeZoneName: 'longOffset' })

/** The zone of this device, in which all times are shown: `Europe/Berlin (GMT+1)`. */
export function zoneName(): string {
  const offset = zone.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return `${timeZone()} (${offset})`
}

/** The IANA name of the zone of this device. */
export function timeZone(): string {
  return zone.resolvedOptions().timeZone
}

/** `14:05:09` */
export function formatTime(iso: string): string {
  return time.format(new Date(iso))
}

/** `14:05` */
export function formatTimeOfDay(at: Date): string {
  return at.toLocaleTimeString(locale, { timeStyle: 'short' })
}

/** `Sat, 28 Nov 2026` */
export function formatDay(iso: string): string {
  return day.format(new Date(iso))
}

/** `28 Nov 2026, 14:05:09` */
export function formatMoment(iso: string | number): string {
  return moment.format(new Date(iso))
}

/** One day, or the first and the last of several: `Sat, 28 Nov 2026`. Given as `2026-11-28`, whatever the zone. */
export function formatDays(from: string, to: string): string {
  return calendarDay.formatRange(new Date(from), new Date(to))
}

/** A span to the minute, without the second date where both are of one day. */
export function formatSpan({
  from,
  to,
}: {
  readonly from: string | number
  readonly to: string | number
}): string {
  return minute.formatRange(new Date(from), new Date(to))
}

const UNITS: readonly (readonly [seconds: number, unit: 'day' | 'hour' | 'minute' | 'second'])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

const BYTE_UNITS: readonly (readonly [bytes: number, unit: 'gigabyte' | 'megabyte' | 'kilobyte'])[] = [
  [1e9, 'gigabyte'],
  [1e6, 'megabyte'],
  [1e3, 'kilobyte'],
]

/** `12,345` */
export function formatNumber(value: number): string {
  return number.format(value)
}

/** Chooses between the words for one and for any other number. */
export function plural(count: number, one: string, other: string): string {
  return `${formatNumber(count)} ${plurals.select(count) === 'one' ? one : other}`
}

/** A length of time in its greatest unit: `3 hours`. */
export function formatDuration(milliseconds: number): string {
  const { count, unit } = inGreatestUnit(milliseconds)
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(count)
}

/** How long ago something was, in its greatest unit: `3 hours ago`. */
export function formatAgo(milliseconds: number): string {
  const { count, unit } = inGreatestUnit(milliseconds)
  return ago.format(-count, unit)
}

function inGreatestUnit(milliseconds: number): {
  readonly count: number
  readonly unit: (typeof UNITS)[number][1]
} {
  const seconds = Math.abs(milliseconds) / 1000
  const [size, unit] = UNITS.find(([least]) => seconds >= least) ?? [1, 'second']
  return { count: Math.round(seconds / size), unit }
}

/** A size in bytes: `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const [size, unit] = BYTE_UNITS.find(([least]) => bytes >= least) ?? [1, 'byte']
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 })
  return format.format(bytes / size)
}
