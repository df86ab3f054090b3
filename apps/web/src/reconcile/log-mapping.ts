import {
  type ColumnMap,
  type GivenColumns,
  guessColumns,
  joinTime,
  localZone,
  LogError,
  type LogField,
  mapColumns,
  readTime,
} from '@waybill/reconcile'
import type { LogRow, LogTable } from './log-table.js'

/** The tables that the server makes of findings. */
export type FindingsFormat = 'csv' | 'xlsx'

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

/** Why entries cannot be matched by the columns. */
export type MappingProblem = 'noNames' | 'quoted' | 'twice' | 'ambiguous' | 'unmatched' | 'noTime'

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
    if (map === null) return { map: {}, problem: problemOfNames(columns, error) }
    if (map.timeOfDay !== undefined && map.at === undefined) return { map, problem: 'noTime' }
    const isDescribed = map.reference !== undefined || (map.to !== undefined && map.text !== undefined)
    return { map, problem: isDescribed ? 'noTime' : 'unmatched' }
  }
}

function problemOfNames(columns: readonly string[], { fault, column }: LogError): MappingProblem {
  if (new Set(columns).size < columns.length) return 'twice'
  if (fault === 'QUOTES') return 'quoted'
  return column === null ? 'noNames' : 'ambiguous'
}

/** The value of a field in an entry; empty where the log does not have it. */
export function valueOf(log: ChosenLog, row: LogRow, field: LogField): string {
  const column = mappingOf(log).map[field]
  return column === undefined ? '' : (row[log.table.columns.indexOf(column)]?.trim() ?? '')
}

/**
 * When an entry was sent, in milliseconds since the epoch.
 *
 * @returns null where it has no time, or one that cannot be read.
 */
export function momentOf(log: ChosenLog, row: LogRow): number | null {
  const time = joinTime(valueOf(log, row, 'at'), valueOf(log, row, 'timeOfDay'))
  const reading = time === '' ? null : readTime(time, localZone(log.timeZone))
  return reading !== null && 'value' in reading ? reading.value : null
}

/**
 * The query string of `POST /reconcile` for a log, with its question mark.
 *
 * @param format of the findings; null: NDJSON, which the page reads.
 */
export function reconcileParameters(log: ChosenLog, format: FindingsFormat | null = null): string {
  const { map } = mappingOf(log)
  const parameters = new URLSearchParams()
  for (const [field, column] of Object.entries({ ...log.given, ...map }))
    parameters.append('map', `${field}=${column ?? ''}`)
  parameters.set('time-zone', log.timeZone)
  if (log.country !== '') parameters.set('default-country', log.country)
  if (log.table.encoding !== null) parameters.set('encoding', log.table.encoding)
  if (format !== null) parameters.set('format', format)
  for (const source of log.sources) parameters.append('source', source)
  return `?${parameters}`
}
