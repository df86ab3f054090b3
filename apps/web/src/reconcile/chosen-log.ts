import { signal } from '@preact/signals'
import {
  type ColumnMap,
  type GivenColumns,
  guessColumns,
  LogError,
  type LogField,
  mapColumns,
} from '@waybill/reconcile'
import { timeZone } from '../texts/format.js'
import type { LogProblem } from './log-problem.js'
import { type LogRow, type LogTable, readTable } from './log-table.js'

/** A log, and how it is to be read. */
export interface ChosenLog {
  readonly file: File
  readonly table: LogTable
  /** What the person says of the columns; all others are guessed. */
  readonly given: GivenColumns
  /** The zone of times without one, an IANA name. */
  readonly timeZone: string
  /** The country of numbers without its code, such as `DE`; empty: that of the server. */
  readonly country: string
  /** The ids of the sources that it is compared with; empty: all. */
  readonly sources: readonly string[]
}

/** The log that was chosen on this page; null before. */
export const chosenLog = signal<ChosenLog | null>(null)

/** Why the last log could not be read; null where it could. */
export const logProblem = signal<(LogProblem & { readonly message: string }) | null>(null)

/** Reads the beginning of a log, and guesses which columns it has. */
export async function chooseLog(file: File, encoding: string | null = null): Promise<void> {
  try {
    const table = await readTable(file, encoding)
    const defaults = { given: {}, timeZone: timeZone(), country: '', sources: [] }
    chosenLog.value = { ...defaults, file, table }
    logProblem.value = null
  } catch (error) {
    chosenLog.value = null
    logProblem.value = error instanceof LogError ? error : { message: String(error) }
  }
}

export function changeLog(change: Partial<ChosenLog>): void {
  if (chosenLog.value !== null) chosenLog.value = { ...chosenLog.value, ...change }
}

/** Why entries cannot be matched by the columns. */
export type MappingProblem = 'noNames' | 'twice' | 'unmatched' | 'noTime'

/** Which column each field is read from, and why that is not enough; null where it is. */
export function mappingOf({ table: { columns }, given }: Pick<ChosenLog, 'table' | 'given'>): {
  map: ColumnMap
  problem: MappingProblem | null
} {
  let map: ColumnMap | null = null
  try {
    map = guessColumns(columns, given)
    return { map: mapColumns(columns, given), problem: null }
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    if (map === null)
      return { map: {}, problem: new Set(columns).size < columns.length ? 'twice' : 'noNames' }
    const isDescribed = map.reference !== undefined || (map.to !== undefined && map.text !== undefined)
    return { map, problem: isDescribed ? 'noTime' : 'unmatched' }
  }
}

/** Says that a column is a field, or none. A field has one column. */
export function giveColumn(log: ChosenLog, column: string, field: LogField | null): void {
  const { map } = mappingOf(log)
  const before = Object.entries(map).flatMap(([name, its]) => (its === column ? [[name, null]] : []))
  const given: GivenColumns = { ...log.given, ...(Object.fromEntries(before) as GivenColumns) }
  changeLog({ given: field === null ? given : { ...given, [field]: column } })
}

/** The value of a field in an entry; empty where the log does not have it. */
export function valueOf(log: ChosenLog, row: LogRow, field: LogField): string {
  const column = mappingOf(log).map[field]
  return column === undefined ? '' : (row[log.table.columns.indexOf(column)]?.trim() ?? '')
}

/** The query string of `POST /reconcile` for a log, with its question mark. */
export function reconcileParameters(log: ChosenLog): string {
  const { map } = mappingOf(log)
  const parameters = new URLSearchParams()
  for (const [field, column] of Object.entries({ ...log.given, ...map }))
    parameters.append('map', `${field}=${column ?? ''}`)
  parameters.set('time-zone', log.timeZone)
  if (log.country !== '') parameters.set('default-country', log.country)
  if (log.table.encoding !== null) parameters.set('encoding', log.table.encoding)
  for (const source of log.sources) parameters.append('source', source)
  return `?${parameters}`
}
