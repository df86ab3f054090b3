import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { show } from '../address/address.js'
import { Panel } from '../parts/panel.js'
import { texts } from '../texts/texts.js'
import { chosenLog } from './chosen-log.js'
import { LogDrop } from './log-drop.js'
import { Mapping } from './mapping.js'
import { Progress } from './progress.js'
import './reconcile.css'
import { reconcileState, resultOfState } from './run-reconcile.js'
import { Results } from './results.js'

/** Compares a send log with the history: a log, how it is read, and what was found. */
export function ReconcilePanel(): JSX.Element {
  const log = chosenLog.value
  const state = reconcileState.value
  const result = resultOfState(state)
  // Results that were there when the panel opened leave the focus where it is.
  const wasComparing = useRef(false)
  useEffect(() => {
    wasComparing.current = state.phase === 'comparing'
  }, [state.phase])
  return (
    <Panel isWide title={texts.shell.reconcile} close={() => show({ panel: null })}>
      <div class="reconcile">
        <LogDrop log={log} />
        {log !== null && <Mapping log={log} />}
        {log !== null && <Progress log={log} state={state} />}
        {result !== null && <Results result={result} areNew={wasComparing.current} />}
      </div>
    </Panel>
  )
}
