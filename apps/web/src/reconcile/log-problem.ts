import { LOG_FAULTS } from '@waybill/reconcile'
import { formatNumber } from '../texts/format.js'
import { reconcileTexts } from '../texts/reconcile.js'

/** A log cannot be read. */
export interface LogProblem {
  /** What is wrong: one of `LOG_FAULTS`, where that is known. */
  readonly fault?: unknown
  /** Counted from 1; null: the file as a whole. */
  readonly line?: unknown
  /** A name, or the place in the line; null: the line as a whole. */
  readonly column?: unknown
}

/** Longer names of columns are cut. */
const LONGEST = 60

/** What is wrong with a log, where, and what to do, in the language of the page. */
export function describeLogProblem({ fault, line, column }: LogProblem = {}): string {
  const words = reconcileTexts
  const known = LOG_FAULTS.find((one) => one === fault)
  if (known === undefined) return words.unreadable
  const place = [
    ...(typeof line === 'number' ? [words.line(formatNumber(line))] : []),
    ...(typeof column === 'number' || typeof column === 'string'
      ? [words.column(String(column).slice(0, LONGEST))]
      : []),
  ].join(', ')
  return [words.unreadable, ...(place === '' ? [] : [`${place}:`]), words.faults[known]].join(' ')
}
