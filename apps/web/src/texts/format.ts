import { locale } from './language.js'

const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
const number = new Intl.NumberFormat(locale)
const plurals = new Intl.PluralRules(locale)
const zone = new Intl.DateTimeFormat(locale, { timeZoneName: 'longOffset' })

/** The zone of this device, in which all times are shown: `Europe/Berlin (GMT+1)`. */
export function zoneName(): string {
  const offset = zone.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return `${timeZone()} (${offset})`
}

/** The IANA name of the zone of this device. */
function timeZone(): string {
  return zone.resolvedOptions().timeZone
}

/** `14:05:09` */
export function formatTime(iso: string): string {
  return time.format(new Date(iso))
}

/** `Sat, 28 Nov 2026` */
export function formatDay(iso: string): string {
  return day.format(new Date(iso))
}

/** `28 Nov 2026, 14:05:09` */
export function formatMoment(iso: string): string {
  return moment.format(new Date(iso))
}

/** A span to the minute, without the second date where both are of one day. */
export function formatSpan({ from, to }: { readonly from: string; readonly to: string }): string {
  return minute.formatRange(new Date(from), new Date(to))
}

const UNITS: readonly (readonly [seconds: number, unit: 'day' | 'hour' | 'minute' | 'second'])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
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
  const seconds = Math.abs(milliseconds) / 1000
  const [size, unit] = UNITS.find(([least]) => seconds >= least) ?? [1, 'second']
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(Math.round(seconds / size))
}
