import type { Message } from '@waybill/core'
import type { Chain } from './chain.js'

/** A row of a page that was read before. */
export interface KnownRow {
  /** Its place in the chain. */
  readonly index: number
  /** Its place on the page. */
  readonly position: number
}

/** The rows of a page that the chain holds, in the order of the page. */
export function knownRows(rows: readonly Message[], chain: Chain): KnownRow[] {
  const known: KnownRow[] = []
  for (const [position, row] of rows.entries()) {
    const index = chain.indexOf(row.upstreamId)
    if (index !== undefined) known.push({ index, position })
  }
  return known
}

/**
 * Those that kept their order: a longest sequence that stands on the page as it stands in the chain. Under a sort by a
 * key that changes, a row that jumped elsewhere marks no place; the many that stayed outvote it.
 */
export function keptOrder(known: readonly KnownRow[]): KnownRow[] {
  const lengths: number[] = []
  const before: number[] = []
  for (const [at, row] of known.entries()) {
    const [length, previous] = longestBefore(known.slice(0, at), lengths, row)
    lengths.push(length + 1)
    before.push(previous)
  }
  const kept: KnownRow[] = []
  for (let at = lengths.lastIndexOf(Math.max(0, ...lengths)); at >= 0; at = before[at] ?? -1) {
    const row = known[at]
    if (row !== undefined) kept.unshift(row)
  }
  return kept
}

function longestBefore(
  earlier: readonly KnownRow[],
  lengths: readonly number[],
  row: KnownRow,
): [number, number] {
  let best: [number, number] = [0, -1]
  for (const [at, other] of earlier.entries()) {
    const length = lengths[at] ?? 0
    if (other.index < row.index && length > best[0]) best = [length, at]
  }
  return best
}
