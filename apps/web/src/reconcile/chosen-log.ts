import { signal } from '@preact/signals'
import { type GivenColumns, LogError, type LogField } from '@waybill/reconcile'
import { atSessionEnd } from '../api/token.js'
import { timeZone } from '../texts/format.js'
import { type ChosenLog, mappingOf } from './log-mapping.js'
import type { LogProblem } from './log-problem.js'
import { readTable } from './log-table.js'

/** The log that was chosen on this page; null before. */
export const chosenLog = signal<ChosenLog | null>(null)

/** Why the last log could not be read; null where it could. */
export const logProblem = signal<(LogProblem & { readonly message: string; readonly file: File }) | null>(
  null,
)

/** Counts the logs that were chosen: only the last one is shown, however long each takes to read. */
let turn = 0

atSessionEnd(() => {
  turn += 1
  chosenLog.value = null
  logProblem.value = null
})

/** Reads the beginning of a log, and guesses which columns it has. */
export async function chooseLog(file: File, encoding: string | null = null): Promise<void> {
  turn += 1
  const own = turn
  const before = chosenLog.value
  // While another file is read, the one before must not be compared in its place.
  if (before?.file !== file) chosenLog.value = null
  try {
    const table = await readTable(file, encoding)
    if (own !== turn) return
    const {
      sources,
      country,
      timeZone: zone,
    } = before?.file === file ? (chosenLog.value ?? before) : defaults()
    chosenLog.value = { file, table, given: {}, timeZone: zone, country, sources }
    logProblem.value = null
  } catch (error) {
    if (own !== turn) return
    chosenLog.value = null
    const known = error instanceof LogError ? placeOf(error) : { message: String(error) }
    logProblem.value = { ...known, file }
  }
}

function defaults(): Pick<ChosenLog, 'timeZone' | 'country' | 'sources'> {
  return { timeZone: timeZone(), country: '', sources: [] }
}

function placeOf({ fault, line, column, message }: LogError): LogProblem & { readonly message: string } {
  return { fault, line, column, message }
}

export function changeLog(change: Partial<ChosenLog>): void {
  if (chosenLog.value !== null) chosenLog.value = { ...chosenLog.value, ...change }
}

/** Says that a column is a field, or none. A field has one column. */
export function giveColumn(log: ChosenLog, column: string, field: LogField | null): void {
  const { map } = mappingOf(log)
  const before = Object.entries(map).flatMap(([name, its]) => (its === column ? [[name, null]] : []))
  const given: GivenColumns = { ...log.given, ...(Object.fromEntries(before) as GivenColumns) }
  changeLog({ given: field === null ? given : { ...given, [field]: column } })
}
