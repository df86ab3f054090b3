import type { Cell } from '@waybill/export'

/** A finding as it is written in NDJSON. */
interface WrittenFinding {
  readonly reasons: readonly string[]
  readonly span?: { readonly from: string | null; readonly to: string | null }
  readonly candidates?: readonly { readonly source: string; readonly upstreamId: string }[]
  readonly [field: string]: unknown
}

/** The columns of findings in a table, with their widths in characters. */
export const FINDING_COLUMNS: readonly { readonly name: string; readonly width: number }[] = [
  { name: 'entry', width: 10 },
  { name: 'verdict', width: 18 },
  { name: 'rule', width: 12 },
  { name: 'confidence', width: 12 },
  { name: 'source', width: 14 },
  { name: 'upstreamId', width: 16 },
  { name: 'message', width: 44 },
  { name: 'deltaSeconds', width: 14 },
  { name: 'status', width: 12 },
  { name: 'because', width: 16 },
  { name: 'spanFrom', width: 20 },
  { name: 'spanTo', width: 20 },
  { name: 'reasons', width: 50 },
  { name: 'candidates', width: 40 },
]

/**
 * The cells of a finding, in the order of the columns.
 * @param line the finding as a line of NDJSON
 */
export function findingCells(line: string): Cell[] {
  const finding = JSON.parse(line) as WrittenFinding
  const { span, reasons, candidates = [] } = finding
  const special: Readonly<Record<string, Cell>> = {
    spanFrom: timeOf(span?.from),
    spanTo: timeOf(span?.to),
    reasons: listOf(reasons),
    candidates: listOf(candidates.map(({ source, upstreamId }) => `${source} ${upstreamId}`)),
  }
  return FINDING_COLUMNS.map(({ name }) =>
    Object.hasOwn(special, name) ? (special[name] ?? null) : plain(finding[name]),
  )
}

function plain(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

function timeOf(value: string | null | undefined): Date | null {
  return value === null || value === undefined ? null : new Date(value)
}

function listOf(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join('; ')
}
