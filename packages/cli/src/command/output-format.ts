import { extname } from 'node:path'
import { nearestName } from '@waybill/core'

/** What people call files of these formats besides. */
const RELATED: ReadonlyMap<string, string> = new Map([
  ['json', 'ndjson'],
  ['xls', 'xlsx'],
  ['xlsm', 'xlsx'],
  ['ods', 'xlsx'],
  ['tsv', 'csv'],
  ['txt', 'csv'],
  ['pq', 'parquet'],
])

/**
 * The format that the name of a file asks for by its ending. NDJSON for standard output, for a name without an ending, and for
 * `.jsonl`, its other usual one.
 *
 * @param file null: standard output
 * @param formats what can be written; they are named like their endings
 * @param errors gets what is wrong with the ending: such a file would hold something else than its name promises.
 */
export function formatByEnding<Format extends string>(
  file: string | null,
  formats: readonly (Format | 'ndjson')[],
  errors: string[],
): Format | 'ndjson' {
  const ending = extname(file ?? '')
    .slice(1)
    .toLowerCase()
  if (ending === '' || ending === 'jsonl') return 'ndjson'
  const known = formats.find((format) => format === ending)
  if (known !== undefined) return known
  const related = RELATED.get(ending)
  const nearest = formats.find((format) => format === related) ?? nearestName(ending, formats)
  const guess = nearest === null ? '' : ` Did you mean .${nearest}?`
  const endings = formats.map((format) => `.${format}`)
  errors.push(
    `--output ${file}: no format has the ending .${ending}.${guess} Choose from ${endings.join(', ')}, or give --format`,
  )
  return 'ndjson'
}
