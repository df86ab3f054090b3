import type { JSX } from 'preact'
import { formatNumber } from '../texts/format.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
import { chosenLog } from './chosen-log.js'
import { Elapsed } from './elapsed.js'
import { type ChosenLog, mappingOf } from './log-mapping.js'
import { ReconcileProblem } from './reconcile-problem.js'
import { cancelReconcile, type ReconcileState, startReconcile } from './run-reconcile.js'

/** Starts a reconciliation, and shows how far it is. */
export function Progress({
  log,
  state,
}: {
  readonly log: ChosenLog
  readonly state: ReconcileState
}): JSX.Element {
  const isRunning = state.phase === 'comparing' || state.phase === 'reading'
  const canStart = !isRunning && canCompare(log)
  return (
    <div>
      <div class="run">
        <button
          type="button"
          class="primary"
          aria-disabled={!canStart}
          onClick={() => {
            // The click may be what ends the writing in a field: the log has that value, and this view does not yet.
            const current = chosenLog.peek()
            if (!isRunning && current !== null && canCompare(current)) void startReconcile(current)
          }}
        >
          {reconcileTexts.start}
        </button>
        {isRunning && (
          <button type="button" onClick={cancelReconcile}>
            {texts.download.cancel}
          </button>
        )}
        <div role="status">
          {state.phase === 'comparing' && reconcileTexts.comparing}
          {state.phase === 'reading' && reconcileTexts.reading(formatNumber(state.entries + state.unclaimed))}
        </div>
        {state.phase === 'comparing' && <Elapsed since={state.since} />}
      </div>
      {state.phase === 'changed' && <Failure text={reconcileTexts.fileChanged} />}
      {state.phase === 'broken' && (
        <Failure text={state.partial === null ? reconcileTexts.noAnswer : reconcileTexts.broken} />
      )}
      {state.phase === 'refused' && <ReconcileProblem problem={state.problem} file={log.file} />}
    </div>
  )
}

function Failure({ text }: { readonly text: string }): JSX.Element {
  return (
    <p class="banner bad" role="alert">
      {text}
    </p>
  )
}

function canCompare(log: ChosenLog): boolean {
  return mappingOf(log).problem === null
}
