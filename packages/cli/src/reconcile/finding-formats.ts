import { stringify } from 'csv-stringify/sync'
import { keepText } from '@waybill/export'

/** How findings can be written. */
export const FINDING_FORMATS = ['ndjson', 'csv'] as const
export type FindingFormat = (typeof FINDING_FORMATS)[number]

/** Writes findings, each of which is given as a line of NDJSON. */
export interface FindingWriter {
  /** What the output begins with. */
  readonly head: string
  write(line: string): string
}

/** The format that the name of a file asks for; NDJSON for any other name, and for standard output. */
export function formatOfFile(file: string | null): FindingFormat {
  return file !== null && /\.csv$/i.test(file) ? 'csv' : 'ndjson'
}

/** @param bom - whether CSV begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
export function createFindingWriter(format: FindingFormat, bom: boolean): FindingWriter {
  if (format === 'ndjson') return { head: '', write: (line) => `${line}\n` }
  const options = { record_delimiter: '\r\n', quote_record_delimiter: true }
  return {
    head: stringify([COLUMNS], { ...options, bom }),
    write: (line) => stringify([cellsOf(JSON.parse(line) as WrittenFinding)], options),
  }
}

/** A finding as it is written in NDJSON. */
interface WrittenFinding {
  readonly reasons: readonly string[]
  readonly span?: { readonly from: string | null; readonly to: string | null }
  readonly candidates?: readonly { readonly source: string; readonly upstreamId: string }[]
  readonly [field: string]: unknown
}

const PLAIN = [
  'entry',
  'verdict',
  'rule',
  'confidence',
  'source',
  'upstreamId',
  'message',
  'deltaSeconds',
  'status',
  'because',
]
const COLUMNS = [...PLAIN, 'spanFrom', 'spanTo', 'reasons', 'candidates']

function cellsOf(finding: WrittenFinding): string[] {
  const { span, reasons, candidates = [] } = finding
  return [
    ...PLAIN.map((name) => cell(finding[name])),
    cell(span?.from),
    cell(span?.to),
    cell(reasons.join('; ')),
    cell(candidates.map(({ source, upstreamId }) => `${source} ${upstreamId}`).join('; ')),
  ]
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  // A negative number is one, and no formula.
  return typeof value === 'string' ? keepText(value) : JSON.stringify(value)
}
