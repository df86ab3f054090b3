import { EXPORT_FIELDS } from '../fields.js'
import type { Format, FormatOptions } from './format.js'

/** One JSON object a line. */
export function ndjson({ fields }: Pick<FormatOptions, 'fields'>): Format {
  return {
    head: '',
    write: (message) => {
      const entries = fields.map((name) => [name, EXPORT_FIELDS[name].value(message)] as const)
      return `${JSON.stringify(Object.fromEntries(entries))}\n`
    },
  }
}
