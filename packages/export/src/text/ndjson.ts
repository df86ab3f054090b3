import { type ExportedMessage, type ExportFieldName, jsonReaderOf } from '../fields.js'
import type { TextFormat } from './text-format.js'

/** One JSON object a line, as `JSON.stringify` writes it. */
export function ndjson(fields: readonly ExportFieldName[]): TextFormat {
  // Names and punctuation are the same in every line.
  const members = fields.map((name) => ({ name: `${JSON.stringify(name)}:`, read: jsonReaderOf(name) }))
  const line = (message: ExportedMessage): string => {
    let text = ''
    for (const { name, read } of members) {
      const value = jsonOf(read(message))
      if (value !== undefined) text += text === '' ? name + value : `,${name}${value}`
    }
    return `{${text}}\n`
  }
  return {
    head: '',
    write: (messages) => {
      let lines = ''
      for (const message of messages) lines += line(message)
      return lines
    },
  }
}

/** What JSON writes otherwise than it is: quotes, backslashes, controls, and surrogates, of which some are alone. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u

/** Undefined for what JSON cannot write. */
function jsonOf(value: unknown): string | undefined {
  if (value === null) return 'null'
  return typeof value === 'string' && !ESCAPED.test(value) ? `"${value}"` : JSON.stringify(value)
}
