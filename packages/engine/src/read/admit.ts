import type { Message } from '@waybill/core'
import { type Chain, MAX_HIDDEN_TIES } from './chain.js'
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
      /** Whether it shows a row of which nothing tells whether it was read before. */
      readonly unsure: boolean
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
  const tied = start > 0 || isProven(anchor, chain) ? NO_TIES : tiesAbove(anchor, rows, chain, ahead)
  const fresh = freshRows(rows, chain, anchor, ahead, tied)
  const { unsure } = tied
  if (fresh.length > 0) return { kind: 'joined', fresh, end: start + rows.length, beyond: 0, unsure }
  return { kind: 'joined', fresh, end, beyond, unsure }
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

/** Whether as many rows follow on the anchor as tell that whatever was not read stands below it. */
function isProven(anchor: KnownRow, chain: Chain): boolean {
  return anchor.index <= Math.max(0, chain.length - chain.overlapAt(chain.length))
}

/** Rows that stand above one whose place is known, and may have its sort key. */
interface Ties {
  /** The positions of those that were certainly not read. */
  readonly unread: ReadonlySet<number>
  /** Whether there are others, of which nothing tells whether they were read before. */
  readonly unsure: boolean
}

const NO_TIES: Ties = { unread: new Set(), unsure: false }

/**
 * A row above the known one that is later than the last row read, or of its time, was not read: it is one of its ties.
 * Where times do not tell, an unread tie of the known row stood behind all that are known to follow it, and would be a
 * tie of those as well.
 */
function tiesAbove(known: KnownRow, rows: readonly Message[], chain: Chain, ahead: readonly string[]): Ties {
  const others = [...rows.entries()].filter(
    ([position, { upstreamId }]) =>
      position < known.position && chain.indexOf(upstreamId) === undefined && !ahead.includes(upstreamId),
  )
  const unread = new Set(
    others.filter(([, { sentAt }]) => chain.isUnread(sentAt)).map(([position]) => position),
  )
  const isBehind = (id: string, nth: number): boolean =>
    chain.indexOf(id) === undefined && chain.length + nth > known.index
  const following = Math.max(0, chain.length - 1 - known.index) + ahead.filter(isBehind).length
  const behind = knownRows(rows, chain, ahead).filter(({ index }) => index > known.index)
  const times = behind.map(({ position }) => rows[position]?.sentAt ?? 0)
  const isTold = (sentAt: number): boolean => times.some((each) => chain.isBehind(each, sentAt))
  const mayBeTied = others.some(([, { sentAt }]) => chain.mayTie(sentAt) && !isTold(sentAt))
  return { unread, unsure: mayBeTied && following < MAX_HIDDEN_TIES }
}

function freshRows(
  rows: readonly Message[],
  chain: Chain,
  known: KnownRow,
  ahead: readonly string[],
  tied: Ties,
): number[] {
  const fresh: number[] = []
  for (const [position, row] of rows.entries()) {
    if (chain.indexOf(row.upstreamId) !== undefined) continue
    if (position > known.position || ahead.includes(row.upstreamId) || tied.unread.has(position))
      fresh.push(position)
  }
  return fresh
}

/**
 * When all rows that were read are gone, the ones that are known to follow them still mark the place.
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
  const tied = tiesAbove(follower, rows, chain, ahead)
  const fresh = freshRows(rows, chain, follower, ahead, tied)
  return { kind: 'joined', fresh, end: start + rows.length, beyond: 0, unsure: tied.unsure }
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
