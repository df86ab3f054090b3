import { csv } from './csv.js'
import type { Format, FormatOptions } from './format.js'
import { ndjson } from './ndjson.js'

export type FormatName = 'ndjson' | 'csv'

/** The formats that there are. */
export const FORMAT_NAMES: readonly FormatName[] = ['ndjson', 'csv']

export function createFormat(name: FormatName, options: FormatOptions): Format {
  return name === 'csv' ? csv(options) : ndjson(options)
}

/** The format that a file's name tells; NDJSON where it tells none. */
export function formatOf(file: string | null): FormatName {
  return file !== null && /\.csv$/i.test(file) ? 'csv' : 'ndjson'
}
