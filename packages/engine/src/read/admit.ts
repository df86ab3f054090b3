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
  /**
   * It shows only rows of the chain's beginning, and those do not tell what stands below them: go on further down.
   * `end` and `beyond` as above.
   */
  | { readonly kind: 'too-high'; readonly end: number; readonly beyond: number }
  /** It begins too low to prove that nothing slipped between: begin at least `missing` rows earlier. */
  | { readonly kind: 'too-low'; readonly missing: number }
  /** It holds none of them. */
  | { readonly kind: 'apart' }

/** What a page has to show to count. */
export interface Demand {
  /** How many rows it shares with the chain's end. */
  readonly overlap: number
  /** How many of the chain's first rows do not tell what stands below them. */
  readonly blind: number
  /** Whether rows that follow on the chain count only if the page begins certainly above it. */
  readonly certain: boolean
}

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
  demand: Demand,
  ahead: readonly string[],
): Admission {
  const all = knownRows(rows, chain, ahead)
  const read = all.filter(({ index }) => index < chain.length)
  const marking = chain.keysMove ? keptOrder(all).filter(({ index }) => index < chain.length) : read
  if (marking.length === 0) return admitByFollowers(rows, start, chain, demand, ahead)
  const latest = Math.max(0, chain.length - demand.overlap)
  if (chain.keysMove && isAlone(marking, rows, chain)) return { kind: 'apart' }
  const anchor = findAnchor(
    marking.filter(({ index }) => index >= demand.blind),
    latest,
  )
  const end = start + Math.max(...read.map(({ position }) => position)) + 1
  const beyond = chain.length - 1 - Math.max(...marking.map(({ index }) => index))
  if (anchor === null) return { kind: 'too-high', end, beyond }
  if (anchor.index > latest && start > 0) return { kind: 'too-low', missing: anchor.index - latest }
  const fresh = freshRows(rows, chain, anchor, ahead)
  if (fresh.length > 0) return { kind: 'joined', fresh, end: start + rows.length, beyond: 0 }
  return { kind: 'joined', fresh, end, beyond }
}

/**
 * Whether a single row marks the place though others of the chain followed on it, and other rows stand below it on the
 * page: then it is that row which jumped, and the others stand where they stood.
 */
function isAlone(marking: readonly KnownRow[], rows: readonly Message[], chain: Chain): boolean {
  const [only, ...others] = marking
  if (only === undefined || others.length > 0) return false
  return only.index < chain.length - 1 && only.position < rows.length - 1
}

function freshRows(
  rows: readonly Message[],
  chain: Chain,
  anchor: KnownRow,
  ahead: readonly string[],
): number[] {
  const fresh: number[] = []
  for (const [position, row] of rows.entries()) {
    if (chain.indexOf(row.upstreamId) !== undefined) continue
    if (position > anchor.position || ahead.includes(row.upstreamId)) fresh.push(position)
  }
  return fresh
}

/**
 * When all rows that were read are gone, the ones that are known to follow them still mark the place. A row above those
 * that is later than the last row read, or of its time, was not read either: it is one of their ties.
 */
function admitByFollowers(
  rows: readonly Message[],
  start: number,
  chain: Chain,
  { overlap, certain }: Demand,
  ahead: readonly string[],
): Admission {
  const followers = keptOrder(knownRows(rows, chain, ahead))
  const [follower] = followers
  const [first] = rows
  // Under a sort by a key that moves, a single one may have jumped anywhere.
  if (follower === undefined || first === undefined || (chain.keysMove && followers.length < 2))
    return { kind: 'apart' }
  if (certain && start > 0 && !beginsAbove(first, follower, chain))
    return { kind: 'too-low', missing: follower.index - chain.length + overlap }
  const fresh = [...rows.entries()]
    .filter(([, row]) => chain.indexOf(row.upstreamId) === undefined)
    .filter(
      ([position, row]) =>
        position >= follower.position || ahead.includes(row.upstreamId) || chain.isUnread(row.sentAt),
    )
    .map(([position]) => position)
  return { kind: 'joined', fresh, end: start + rows.length, beyond: 0 }
}

/**
 * Whether a page begins certainly above the place at the end of the chain. Where times do not tell, the followers before
 * the first one that it shows have to be gone: there is room for them and another row above it.
 */
function beginsAbove(first: Message, follower: KnownRow, chain: Chain): boolean {
  const earlier = follower.index - chain.length
  return chain.keysMove ? follower.position > earlier : chain.isBeforeEnd(first.sentAt)
}

/** The row that is nearest above the last `overlap` rows, or else the earliest of those. */
function findAnchor(rows: readonly KnownRow[], latest: number): KnownRow | null {
  return rows.reduce<KnownRow | null>(
    (chosen, row) => (chosen === null || isBetter(row.index, chosen.index, latest) ? row : chosen),
    null,
  )
}

function isBetter(index: number, best: number, latest: number): boolean {
  if (index <= latest) return best > latest || index > best
  return best > latest && index < best
}
