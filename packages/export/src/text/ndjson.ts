import { type ExportFieldName, jsonReaderOf } from '../fields.js'
import type { TextFormat } from './text-format.js'

/** One JSON object a line, as `JSON.stringify` writes it. */
export function ndjson(fields: readonly ExportFieldName[]): TextFormat {
  const members = fields.map((name) => ({ name, read: jsonReaderOf(name) }))
  // The same object for all lines: to make one of each message would take longer than to write it.
  const line: Partial<Record<ExportFieldName, unknown>> = Object.fromEntries(
    fields.map((name) => [name, null]),
  )
  return {
    head: '',
    line: (message) => {
      for (const { name, read } of members) line[name] = read(message)
      return JSON.stringify(line)
    },
    lineEnd: '\n',
  }
}
