import { formatDateTime } from '@waybill/core'
import { LOG_FIELDS, type LogEntry, type OpenLog } from '@waybill/reconcile'

/** How many entries are shown. */
const SHOWN = 5

/** How a log is read, with its first entries, for people to check. */
export async function describeLog(log: OpenLog): Promise<string> {
  const { format, columns, map } = log
  const kind =
    format.kind === 'ndjson'
      ? 'NDJSON'
      : `CSV, separated by ${format.delimiter === '\t' ? 'tabs' : format.delimiter}`
  const fields = LOG_FIELDS.map((field) => `  ${field.padEnd(12)}${map[field] ?? '(no column)'}`)
  const used = new Set(Object.values(map))
  const unused = columns.filter((column) => !used.has(column))
  const entries: string[] = []
  for await (const entry of log.entries) {
    entries.push(`  ${describeEntry(entry)}`)
    if (entries.length === SHOWN) break
  }
  return [
    `Format: ${kind}`,
    'Columns:',
    ...fields,
    ...(unused.length === 0 ? [] : [`Not used: ${unused.join(', ')}`]),
    'First entries:',
    ...entries,
    '',
  ].join('\n')
}

function describeEntry({ at, ...fields }: LogEntry): string {
  const filled = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return JSON.stringify({ ...Object.fromEntries(filled), at: at === null ? null : formatDateTime(at) })
}
