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
      {state.phase === 'broken' && (
        <p class="banner bad" role="alert">
          {reconcileTexts.broken}
        </p>
      )}
      {state.phase === 'refused' && (
        <div class="banner bad" role="alert">
          <ReconcileProblem problem={state.problem} />
        </div>
      )}
    </div>
  )
}
