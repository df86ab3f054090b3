import { signal } from '@preact/signals'
import { type Problem, problemOfResponse } from '../api/problem.js'
import { atSessionEnd } from '../api/token.js'
import { saveFile } from '../parts/save-file.js'
import type { ChosenLog, FindingsFormat } from './log-mapping.js'
import { ChangedFile, sendLog } from './send-log.js'

/** How far a table of findings is. */
export type SavingState =
  | { readonly phase: 'idle' | 'changed' | 'broken' }
  | { readonly phase: 'saving'; readonly format: FindingsFormat; readonly since: number }
  | { readonly phase: 'refused'; readonly problem: Problem }

/** The table of this page. It goes on while its panel is closed. */
export const savingState = signal<SavingState>({ phase: 'idle' })

let abortion = new AbortController()

atSessionEnd(cancelSaving)

/** Has the server compare a log once more, and saves the findings as a table, with the fields of entries and messages. */
export async function saveFindings(log: ChosenLog, format: FindingsFormat, name: string): Promise<void> {
  abortion.abort()
  const own = new AbortController()
  abortion = own
  const report = (state: SavingState): void => {
    if (!own.signal.aborted) savingState.value = state
  }
  report({ phase: 'saving', format, since: Date.now() })
  try {
    const response = await sendLog(log, format, own.signal)
    if (!response.ok) return report({ phase: 'refused', problem: await problemOfResponse(response) })
    const table = await response.blob()
    if (own.signal.aborted) return
    saveFile(table, name)
    report({ phase: 'idle' })
  } catch (error) {
    report({ phase: error instanceof ChangedFile ? 'changed' : 'broken' })
  }
}

export function cancelSaving(): void {
  abortion.abort()
  savingState.value = { phase: 'idle' }
}
