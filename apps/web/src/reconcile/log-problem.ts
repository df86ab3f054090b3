import { LOG_FAULTS } from '@waybill/reconcile'
import { formatNumber } from '../texts/format.js'
import { reconcileTexts } from '../texts/reconcile.js'

/** A log cannot be read or compared. */
export interface LogProblem {
  /** What is wrong: one of `LOG_FAULTS` or `REFUSALS`, where that is known. */
  readonly fault?: unknown
  /** Counted from 1; null: the file as a whole. */
  readonly line?: unknown
  /** A name, or the place in the line; null: the line as a whole. */
  readonly column?: unknown
}

/** Why a log is refused that could be read. */
const REFUSALS = ['TIME_ZONE', 'COUNTRY', 'STALLED', 'TOO_LARGE', 'CONTENT'] as const

/** Longer names of columns are cut. */
const LONGEST = 60

/**
 * What is wrong with a log, where, and what to do, in the language of the page.
 *
 * @param otherwise what is said where the fault is not known
 */
export function describeLogProblem(
  { fault, line, column }: LogProblem = {},
  otherwise = reconcileTexts.unreadable,
): string {
  const { unreadable, notCompared, faults, ...words } = reconcileTexts
  const refusal = REFUSALS.find((one) => one === fault)
  if (refusal !== undefined) return `${notCompared} ${faults[refusal]}`
  const known = LOG_FAULTS.find((one) => one === fault)
  if (known === undefined) return otherwise
  const place = [
    ...(typeof line === 'number' ? [words.line(formatNumber(line))] : []),
    ...(typeof column === 'number' || typeof column === 'string'
      ? [words.column(String(column).slice(0, LONGEST))]
      : []),
  ].join(', ')
  return [unreadable, ...(place === '' ? [] : [`${place}:`]), faults[known]].join(' ')
}
