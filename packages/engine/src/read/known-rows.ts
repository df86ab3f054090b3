import type { Message } from '@waybill/core'
import type { Chain } from './chain.js'

/** A row of a page whose place in the chain, or behind it, is known. */
export interface KnownRow {
  /** Its place in the chain; from the chain's length on for rows that are known to follow it. */
  readonly index: number
  /** Its place on the page. */
  readonly position: number
}

/**
 * The rows of a page whose place is known, in the order of the page.
 *
 * @param ahead ids of rows that are known to follow the chain, in their order
 */
export function knownRows(rows: readonly Message[], chain: Chain, ahead: readonly string[]): KnownRow[] {
  const known: KnownRow[] = []
  for (const [position, { upstreamId }] of rows.entries()) {
    const follower = ahead.indexOf(upstreamId)
    const index = chain.indexOf(upstreamId) ?? (follower === -1 ? undefined : chain.length + follower)
    if (index !== undefined) known.push({ index, position })
  }
  return known
}

/**
 * Those that kept their order: a longest sequence that stands on the page as it stood before. Under a sort by a
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
