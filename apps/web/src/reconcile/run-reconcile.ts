import { signal } from '@preact/signals'
import { type Problem, problemOfResponse } from '../api/problem.js'
import { atSessionEnd } from '../api/token.js'
import type { ChosenLog } from './log-mapping.js'
import { readShifts, type ShownShift } from './read-shifts.js'
import { collectFindings, type FindingGroup } from './findings.js'
import { cancelSaving } from './save-findings.js'
import { ChangedFile, sendLog } from './send-log.js'

/** How far a reconciliation is. */
export type ReconcileState =
  /** `changed`: the file has changed, or is gone, since it was chosen. */
  | { readonly phase: 'idle' | 'changed' }
  /** `partial`: what had arrived by then; null: nothing. */
  | { readonly phase: 'broken'; readonly partial: ReconcileResult | null }
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
  /** Shifts of the log's times at which more entries would match. */
  readonly shifts: readonly ShownShift[]
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
  let resultSoFar: (() => ReconcileResult | null) | null = null
  try {
    const response = await sendLog(log, null, own.signal)
    if (!response.ok || response.body === null)
      return report({ phase: 'refused', problem: await problemOfResponse(response) })
    const [shown, kept] = response.body.tee()
    // The browser keeps a large one on disk.
    const file = new Response(kept).blob()
    // Where it breaks off, the lines say so.
    file.catch(() => undefined)
    const findings = collectFindings()
    const common = {
      log,
      completeness: response.headers.get('waybill-completeness') ?? '',
      compared: readSpan(response.headers.get('waybill-compared')),
      shifts: readShifts(response.headers.get('waybill-time-shifts')),
    }
    const resultOf = (phase: ReconcileResult['phase'], whole: Blob | null): ReconcileResult => {
      const { entries, unclaimed } = findings
      return { ...common, phase, entries, unclaimed, groups: findings.groups(), file: whole }
    }
    resultSoFar = () => (findings.entries + findings.unclaimed === 0 ? null : resultOf('reading', null))
    let reported = 0
    for await (const line of linesOf(shown)) {
      findings.add(line)
      if (performance.now() - reported < REPORT_MS) continue
      reported = performance.now()
      report(resultOf('reading', null))
    }
    report(resultOf('done', await file))
  } catch (error) {
    report(
      error instanceof ChangedFile
        ? { phase: 'changed' }
        : { phase: 'broken', partial: resultSoFar?.() ?? null },
    )
  }
}

/** What there is to be shown; null: nothing yet. */
export function resultOfState(state: ReconcileState): ReconcileResult | null {
  if (state.phase === 'broken') return state.partial
  return state.phase === 'reading' || state.phase === 'done' ? state : null
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
