import type { LogFault } from './log-error.js'

/** One record of a log, as it is written. */
export interface LogRecord {
  /** The line that it begins in, counted from 1. */
  readonly line: number
  /** In the order of the columns; null where the record does not have the column. */
  readonly values: readonly (string | null)[]
  /** NDJSON: the names of members that are not among the columns. */
  readonly others?: readonly string[]
  /** NDJSON: what is wrong with values, by the places of their columns; it matters where such a column is read. */
  readonly faults?: ReadonlyMap<number, ValueFault>
}

/** Why a value cannot be read. */
export interface ValueFault {
  readonly kind: LogFault
  readonly problem: string
  readonly remedy: string
}
