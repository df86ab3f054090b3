import { locale } from './language.js'

const UNITS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const

const list = new Intl.ListFormat(locale, { type: 'unit', style: 'short' })

/**
 * A length of time in its two greatest units: `1 hr, 30 min`, `45 sec`.
 *
 * @param seconds not negative; shown to the thousandth below a minute
 */
export function formatSeconds(seconds: number): string {
  let rest = seconds < 60 ? seconds : Math.round(seconds)
  const parts: string[] = []
  for (const [size, unit] of UNITS) {
    const count = unit === 'second' ? rest : Math.floor(rest / size)
    rest -= count * size
    if (count === 0) continue
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })
    parts.push(format.format(count))
  }
  return list.format(parts.slice(0, 2))
}
