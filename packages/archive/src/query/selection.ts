import {
  type ListRequest,
  type MessageSort,
  type FilterClause,
  isTimeClause,
  type TimeClause,
} from '@waybill/core'
import type { SearchTerm } from './conditions.js'
import type { Keyset } from './cursor.js'

/** Which messages of a source are wanted. */
export interface Selection extends Pick<ListRequest, 'filter'> {
  readonly source: string
  /** Null for no search. */
  readonly search: SearchTerm | null
}

/** Which part of the list, and in which order. */
export interface Part {
  readonly sort: MessageSort
  readonly after: Keyset | null
  readonly limit: number
}

/** The position of a message in a list. */
export interface ListedRow extends Keyset {
  readonly rowId: number
}

/**
 * Leaves one bound on either side of a span of time, and none beside the cursor on the side from which the list goes
 * on. Of two of them a database takes the one that it met first, and reads on from there: a page deep in a span would
 * cost as much as all pages before it.
 */
export function tighten(selection: Selection, part: Part): readonly [Selection, Part] {
  const times = selection.filter.filter(isTimeClause)
  const late = tightest(times.filter(isUpper))
  const early = tightest(times.filter((clause) => !isUpper(clause)))
  const rest = selection.filter.filter((clause) => !isTimeClause(clause))
  const { after, sort } = part
  const edge = sort.direction === 'asc' ? early : late
  if (after === null || sort.field !== 'createdAt' || edge === null) {
    return [{ ...selection, filter: [...rest, ...present(early), ...present(late)] }, part]
  }
  // The bound that is left out follows from the one that stays.
  return holds(edge, after)
    ? [{ ...selection, filter: [...rest, ...present(edge === late ? early : late)] }, part]
    : [
        { ...selection, filter: [...rest, ...present(early), ...present(late)] },
        { ...part, after: null },
      ]
}

function isUpper({ operator }: TimeClause): boolean {
  return operator === 'lt' || operator === 'lte'
}

/** Of bounds on one side, the one from which all others follow. */
function tightest(bounds: readonly TimeClause[]): TimeClause | null {
  return bounds.toSorted(byTightness)[0] ?? null
}

function byTightness(a: TimeClause, b: TimeClause): number {
  // Of two with the same time, the one that excludes it.
  return (isUpper(a) ? a.value - b.value : b.value - a.value) || a.operator.length - b.operator.length
}

/** Whether a bound holds for a message of the cursor's time. */
function holds({ operator, value }: TimeClause, { time }: Keyset): boolean {
  switch (operator) {
    case 'lt':
      return time < value
    case 'lte':
      return time <= value
    case 'gt':
      return time > value
    case 'gte':
      return time >= value
  }
}

function present(clause: TimeClause | null): readonly FilterClause[] {
  return clause === null ? [] : [clause]
}
