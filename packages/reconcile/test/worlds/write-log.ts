import { LOG_FIELDS, type LogEntry } from '../../src/index.js'

/** Two hours ahead of UTC while the worlds last. */
export const LOG_ZONE = 'Europe/Berlin'
const AHEAD_MS = 2 * 3_600_000

/** Times are whole ones, in one column. */
const COLUMNS = LOG_FIELDS.filter((field) => field !== 'timeOfDay')

/** A log as a spreadsheet would write it: in local time, without a zone. */
export function writeLog(entries: readonly LogEntry[]): string {
  const rows = entries.map((entry) =>
    COLUMNS.map((field) => (field === 'at' ? localTime(entry.at) : (entry[field] ?? ''))),
  )
  return [COLUMNS, ...rows].map((cells) => cells.map(quote).join(';')).join('\r\n')
}

function localTime(time: number | null): string {
  if (time === null) return ''
  return new Date(time + AHEAD_MS).toISOString().replace('T', ' ').replace('Z', '')
}

function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
