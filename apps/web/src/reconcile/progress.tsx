import type { JSX } from 'preact'
import { formatNumber } from '../texts/format.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
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
  const canStart = !isRunning && mappingOf(log).problem === null
  return (
    <div>
      <div class="run">
        <button
          type="button"
          class="primary"
          aria-disabled={!canStart}
          onClick={() => {
            if (canStart) void startReconcile(log)
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
