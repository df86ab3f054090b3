const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * Reads a duration: whole seconds, minutes, hours or days (`90s`, `10m`, `72h`, `7d`), or several of them (`1h30m`).
 *
 * @returns milliseconds; null for anything else. `0` needs no unit.
 */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0
  if (!/^(?:\d{1,9}[smhd])+$/.test(text)) return null
  const parts = [...text.matchAll(/(\d+)([smhd])/g)]
  return parts.reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0)
}
