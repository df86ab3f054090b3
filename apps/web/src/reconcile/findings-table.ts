import { unparse } from 'papaparse'

/** The columns of findings in a table, as the command `waybill reconcile` writes them. */
const COLUMNS = [
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
  'spanFrom',
  'spanTo',
  'reasons',
  'candidates',
] as const

interface WrittenFinding {
  readonly reasons?: readonly string[]
  readonly span?: { readonly from: string | null; readonly to: string | null }
  readonly candidates?: readonly { readonly source: string; readonly upstreamId: string }[]
  readonly [field: string]: unknown
}

/**
 * Findings as CSV that spreadsheets open: with a byte-order mark, and without values that they take for formulas.
 *
 * @param ndjson one finding a line
 */
export async function findingsTable(ndjson: Blob): Promise<Blob> {
  const lines = (await ndjson.text()).split('\n').filter((line) => line !== '')
  const rows = lines.map((line) => {
    const finding = JSON.parse(line) as WrittenFinding
    const { span, reasons = [], candidates = [] } = finding
    return {
      ...finding,
      spanFrom: span?.from,
      spanTo: span?.to,
      reasons: reasons.join('; '),
      candidates: candidates.map(({ source, upstreamId }) => `${source} ${upstreamId}`).join('; '),
    }
  })
  const text = unparse(rows, { columns: [...COLUMNS], escapeFormulae: true })
  return new Blob(['\uFEFF', text, '\r\n'], { type: 'text/csv' })
}
