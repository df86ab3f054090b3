import { signal } from '@preact/signals'
import { type Problem, problemOfResponse } from '../api/problem.js'
import { patientFetch } from '../api/server-fetch.js'
import { atSessionEnd } from '../api/token.js'
import { type ChosenLog, reconcileParameters } from './log-mapping.js'
import { collectFindings, type FindingGroup } from './findings.js'
import { cancelSaving } from './save-findings.js'

/** How far a reconciliation is. */
export type ReconcileState =
  | { readonly phase: 'idle' | 'broken' }
  | { readonly phase: 'comparing'; readonly since: number }
  | { readonly phase: 'refused'; readonly problem: Problem }
  | ReconcileResult

/** The first and the last time that were compared, in milliseconds since the epoch. */
export interface ComparedSpan {
  readonly from: number
  readonly to: number
}

/** What was found so far, or in the end. */
export interface ReconcileResult {
  readonly phase: 'reading' | 'done'
  /** The log that was compared. */
  readonly log: ChosenLog
  /** How many findings there are about entries, and about messages that no entry claims. */
  readonly entries: number
  readonly unclaimed: number
  readonly groups: readonly FindingGroup[]
  /** How complete the history of each source is, as the server says it: `octo=WINDOW_LIMITED`. */
  readonly completeness: string
  /** The span that was compared; null where the server does not send it. */
  readonly compared: ComparedSpan | null
  /** All findings as NDJSON, once they are all there. */
  readonly file: Blob | null
}

/** The reconciliation of this page. It goes on while its panel is closed. */
export const reconcileState = signal<ReconcileState>({ phase: 'idle' })

/** How often the page shows how far it is, in milliseconds. */
const REPORT_MS = 200

let abortion = new AbortController()

atSessionEnd(cancelReconcile)

/** Sends a log, and reads the findings as they arrive. */
export async function startReconcile(log: ChosenLog): Promise<void> {
  abortion.abort()
  cancelSaving()
  const own = new AbortController()
  abortion = own
  const report = (state: ReconcileState): void => {
    if (!own.signal.aborted) reconcileState.value = state
  }
  report({ phase: 'comparing', since: Date.now() })
  try {
    const response = await patientFetch(new URL(`reconcile${reconcileParameters(log)}`, document.baseURI), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: log.file,
      signal: own.signal,
    })
    if (!response.ok || response.body === null)
      return report({ phase: 'refused', problem: await problemOfResponse(response) })
    const completeness = response.headers.get('waybill-completeness') ?? ''
    const compared = readSpan(response.headers.get('waybill-compared'))
    const [shown, kept] = response.body.tee()
    // The browser keeps a large one on disk.
    const file = new Response(kept).blob()
    const findings = collectFindings()
    let reported = 0
    const resultOf = (phase: ReconcileResult['phase'], whole: Blob | null): ReconcileResult => {
      const { entries, unclaimed } = findings
      return {
        phase,
        log,
        entries,
        unclaimed,
        groups: findings.groups(),
        completeness,
        compared,
        file: whole,
      }
    }
    for await (const line of linesOf(shown)) {
      findings.add(line)
      if (performance.now() - reported < REPORT_MS) continue
      reported = performance.now()
      report(resultOf('reading', null))
    }
    report(resultOf('done', await file))
  } catch {
    report({ phase: 'broken' })
  }
}

export function cancelReconcile(): void {
  abortion.abort()
  cancelSaving()
  reconcileState.value = { phase: 'idle' }
}

/** Reads an interval of ISO 8601: two times with a slash between them. */
function readSpan(header: string | null): ComparedSpan | null {
  const [from = Number.NaN, to = Number.NaN] = (header ?? '').split('/').map((time) => Date.parse(time))
  return Number.isNaN(from) || Number.isNaN(to) ? null : { from, to }
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (rest + (value ?? '')).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    if (done) break
  }
  if (rest !== '') yield rest
}
