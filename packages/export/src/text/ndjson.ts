import { type ExportedMessage, type ExportFieldName, jsonValueOf } from '../fields.js'
import type { TextFormat } from './text-format.js'

/** One JSON object a line. */
export function ndjson(fields: readonly ExportFieldName[]): TextFormat {
  const line = (message: ExportedMessage): string => {
    const entries = fields.map((name) => [name, jsonValueOf(name, message)] as const)
    return `${JSON.stringify(Object.fromEntries(entries))}\n`
  }
  return { head: '', write: (messages) => messages.map(line).join('') }
}
