import type { Message } from '@waybill/core'
import type { Chain } from './chain.js'
import { keptOrder, type KnownRow, knownRows } from './known-rows.js'

/** How a page relates to the rows that were read before it. */
export type Admission =
  /** It follows on them; `fresh` are the positions of its rows that were not read yet. */
  | {
      readonly kind: 'joined'
      readonly fresh: readonly number[]
      /** The position in the whole list after the last row of the chain that the page shows, or after its last fresh one. */
      readonly end: number
      /** How many rows of the chain follow on that one; they stand there if they still exist. */
      readonly beyond: number
    }
  /** It begins too low to prove that nothing slipped between: begin at least `missing` rows earlier. */
  | { readonly kind: 'too-low'; readonly missing: number }
  /** It holds none of them. */
  | { readonly kind: 'apart' }

/**
 * Relates a page to the chain.
 *
 * Let `anchor` be a row of the chain, with at least `overlap` rows from it to the chain's end. A row that was not read
 * yet has a sort key no better than that of the chain's last row; if it stands above the anchor in this page's order,
 * its key equals that of the anchor and of all those rows. So unless a group of equal keys is larger than `overlap`,
 * whatever was not read yet stands below the anchor; and by the same reasoning from the chain's other end, whatever
 * stands below it and is not in the chain was not read yet.
 *
 * @param start position of the page's first row in the whole list, counted from 0
 * @param ahead rows that are known to follow the chain, wherever they stand now
 */
export function admit(
  rows: readonly Message[],
  start: number,
  chain: Chain,
  overlap: number,
  ahead: readonly string[],
): Admission {
  const anchor = findAnchor(rows, chain, overlap, ahead)
  if (anchor === null) return admitByFollowers(rows, start, chain, ahead)
  const missing = anchor.index - Math.max(0, chain.length - overlap)
  if (missing > 0 && start > 0) return { kind: 'too-low', missing }
  const fresh: number[] = []
  for (const [position, row] of rows.entries()) {
    if (chain.indexOf(row.upstreamId) !== undefined) continue
    if (position > anchor.position || ahead.includes(row.upstreamId)) fresh.push(position)
  }
  if (fresh.length > 0) return { kind: 'joined', fresh, end: start + rows.length, beyond: 0 }
  const beyond = chain.length - 1 - anchor.lastIndex
  return { kind: 'joined', fresh, end: start + anchor.lastPosition + 1, beyond }
}

/**
 * When all rows that were read are gone, the ones that are known to follow them still mark the place. A row above those
 * that is later than the last row read was not read either: it is one of their ties.
 */
function admitByFollowers(
  rows: readonly Message[],
  start: number,
  chain: Chain,
  ahead: readonly string[],
): Admission {
  const follower = rows.findIndex((row) => ahead.includes(row.upstreamId))
  const [first] = rows
  if (follower === -1 || first === undefined || (start > 0 && !beginsAbove(first, follower, chain)))
    return { kind: 'apart' }
  const fresh = [...rows.entries()]
    .filter(([position, row]) => position >= follower || chain.compareToEnd(row.sentAt) > 0)
    .filter(([, row]) => chain.indexOf(row.upstreamId) === undefined)
    .map(([position]) => position)
  return { kind: 'joined', fresh, end: start + rows.length, beyond: 0 }
}

function beginsAbove(first: Message, follower: number, chain: Chain): boolean {
  return chain.keysMove ? follower > 0 : chain.compareToEnd(first.sentAt) < 0
}

interface Anchor extends KnownRow {
  /** The furthest place in the chain, and the furthest on the page, of any row that is in both. */
  readonly lastIndex: number
  readonly lastPosition: number
}

/** The row of the chain that is nearest above the last `overlap` rows, or else the earliest of those. */
function findAnchor(
  rows: readonly Message[],
  chain: Chain,
  overlap: number,
  ahead: readonly string[],
): Anchor | null {
  const latest = Math.max(0, chain.length - overlap)
  const all = knownRows(rows, chain, ahead)
  const read = all.filter((row) => row.index < chain.length)
  const known = chain.keysMove ? keptOrder(all).filter((row) => row.index < chain.length) : read
  const [first, ...others] = known
  if (first === undefined) return null
  const best = others.reduce(
    (chosen, row) => (isBetter(row.index, chosen.index, latest) ? row : chosen),
    first,
  )
  return {
    ...best,
    lastIndex: Math.max(...known.map((row) => row.index)),
    lastPosition: Math.max(...read.map((row) => row.position)),
  }
}

function isBetter(index: number, best: number, latest: number): boolean {
  if (index <= latest) return best > latest || index > best
  return best > latest && index < best
}
