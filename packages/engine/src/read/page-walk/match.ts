import { MAX_HIDDEN_TIES, MOVING_KEY_OVERLAP } from './constants.js'
import {
  blindRows,
  compareToEnd,
  isCertainlyBehind,
  isPassed,
  isUnread,
  lastTime,
  mayTieWithEnd,
  overlapAt,
  type ReadLog,
} from './log.js'
import type { ListOrder } from './order.js'
import type { PageRow, PageView } from './page.js'

/** How a page relates to the rows that were read before it. */
export type Match =
  /** It follows on them; `fresh` are the positions of its rows that were not read yet. */
  | {
      readonly kind: 'joined'
      readonly fresh: readonly number[]
      /** The position in the whole list after the last row of the log that the page shows, or after its last fresh one. */
      readonly end: number
      /** How many rows of the log follow on that one; they stand there if they still exist. */
      readonly beyond: number
      /** Whether it shows a row of which nothing tells whether it was read before. */
      readonly isUnsure: boolean
    }
  /** It shows only rows of the log's beginning, and those do not prove what stands below them. `end`, `beyond` as above. */
  | { readonly kind: 'too-high'; readonly end: number; readonly beyond: number }
  /** It begins too low to prove that nothing slipped between: begin at least `missing` rows earlier. */
  | { readonly kind: 'too-low'; readonly missing: number }
  /** It holds none of them. */
  | { readonly kind: 'apart' }

/** What was read, against which pages are matched. */
export interface WhatWasRead {
  readonly log: ReadLog
  /** Where the log ended in the list when it was last seen: the position after its last row, counted from 0. */
  readonly end: number
  /** Ids of rows that are known to follow the log, in their order, wherever they stand now. */
  readonly followers: readonly string[]
  readonly order: ListOrder
}

/** A row of a page whose place in the log, or behind it, is known. */
interface KnownRow {
  /** Its place in the log; from the log's length on for followers. */
  readonly index: number
  /** Its place on the page. */
  readonly position: number
}

/**
 * Relates a page to the log.
 *
 * Let `anchor` be a row of the log, with at least `overlap` rows from it to the log's end. A row that was not read yet
 * has a sort key no better than that of the log's last row; if it stands above the anchor in this page's order, its key
 * equals that of the anchor and of all those rows. So unless a group of equal keys is larger than `overlap`, whatever
 * was not read yet stands below the anchor; and by the same reasoning from the log's other end, whatever stands below it
 * and is not in the log was not read yet.
 *
 * @param overlap how many rows a page has to share with the log's end
 */
export function matchPage(view: PageView, readBefore: WhatWasRead, overlap: number): Match {
  const { rows, start } = view
  const { log, order } = readBefore
  const { length } = log.rows
  const all = knownRows(rows, readBefore)
  const read = all.filter(({ index }) => index < length)
  const unmoved = order.followsTime ? all : unmovedRows(all, view, readBefore)
  const kept = order.followsTime ? all : keptOrder(unmoved)
  const marking = kept.filter(({ index }) => index < length)
  if (marking.length === 0) return matchByFollowers(view, readBefore, overlap, unmoved)
  if (!order.followsTime && hasJumped(kept, view, length)) return matchWhole(view, readBefore)
  const latest = Math.max(0, length - overlap)
  const blind = blindRows(log, order)
  const anchor = findAnchor(
    marking.filter(({ index }) => index >= blind),
    latest,
  )
  const end = start + Math.max(...read.map(({ position }) => position)) + 1
  const beyond = length - 1 - Math.max(...marking.map(({ index }) => index))
  if (anchor === null) return { kind: 'too-high', end, beyond }
  const lastRead = Math.max(...read.map(({ position }) => position))
  // Rows without an id that stand among those that were read would be ties as well.
  const nameless = rows.slice(anchor.position, lastRead).filter(({ id }) => id === null).length
  // They prove nothing where the anchor itself has the last row's time.
  const isTied = order.slack === 0 && rows[anchor.position]?.sentAt === lastTime(log)
  const missing = anchor.index - latest - (isTied ? 0 : nameless)
  if (missing > 0 && start > 0) return { kind: 'too-low', missing }
  // So few rows were read that one of their ties may stand above this page.
  const above = overlapAt(log, order, length) - (length - anchor.index) - anchor.position
  if (above > 0 && start > 0 && lacksFollower(all, length)) return { kind: 'too-low', missing: above }
  // Where so few rows were read, what stands above them at the head of a descending list has mostly come since.
  const isJudged = order.sign === 1 || (order.followsTime && order.slack === 0)
  const provenUpTo = length - overlapAt(log, order, length)
  const isProven = anchor.index <= (isJudged ? provenUpTo : Math.max(0, provenUpTo))
  const ties = (start > 0 && nameless === 0) || isProven ? NO_TIES : tiesAbove(anchor, rows, readBefore)
  const fresh = freshRows(rows, readBefore, anchor, ties)
  // A page from before may still have rows between those that were read since. Where times do not tell, they may be
  // gone or be ties of the last ones: only a new page shows it.
  if (view.isStale && order.slack > 0 && fresh.some((position) => position < lastRead))
    return { kind: 'too-low', missing: 0 }
  // A row below all that were read cannot be before them: its time, or theirs, is not what the order goes by.
  const isContradicted =
    !view.isStale &&
    rows.slice(lastRead + 1).some(({ sentAt }) => sentAt !== null && isPassed(log, order, sentAt))
  const isUnsure = ties.isUnsure || isContradicted
  return fresh.length > 0
    ? { kind: 'joined', fresh, end: start + rows.length, beyond: 0, isUnsure }
    : { kind: 'joined', fresh, end, beyond, isUnsure }
}

/** When all rows that were read are gone, the ones that are known to follow them still mark the place. */
function matchByFollowers(
  view: PageView,
  readBefore: WhatWasRead,
  overlap: number,
  known: readonly KnownRow[],
): Match {
  const { rows, start } = view
  const { log, order } = readBefore
  const followers = keptOrder(known)
  const [follower] = followers
  const [first] = rows
  // Under a sort by a key that moves, a single one may have jumped anywhere.
  if (follower === undefined || first === undefined || (!order.followsTime && followers.length < 2))
    return matchWhole(view, readBefore)
  if (start > 0 && !beginsAbove(first, follower, readBefore))
    return { kind: 'too-low', missing: follower.index - log.rows.length + overlap }
  const ties = tiesAbove(follower, rows, readBefore)
  const fresh = freshRows(rows, readBefore, follower, ties)
  return { kind: 'joined', fresh, end: start + rows.length, beyond: 0, isUnsure: ties.isUnsure }
}

/** Where no row marks the readBefore, a page that holds the whole list still shows what was not read, if all that was is remembered. */
function matchWhole(view: PageView, readBefore: WhatWasRead): Match {
  const { rows, start, verdict } = view
  const isWhole = start === 0 && verdict === 'end' && !view.isStale
  if (!isWhole || readBefore.log.isPartial || readBefore.log.rows.length === 0) return { kind: 'apart' }
  const fresh = freshRows(rows, readBefore, { index: -1, position: -1 }, NO_TIES)
  return { kind: 'joined', fresh, end: rows.length, beyond: 0, isUnsure: false }
}

/** Positions of the rows of a page that were not read, where nothing proves which of the others were: below the first known one. */
export function unknownRows(rows: readonly PageRow[], readBefore: WhatWasRead): number[] | null {
  const [first] = knownRows(rows, readBefore)
  return first === undefined ? null : freshRows(rows, readBefore, first, NO_TIES)
}

/** The rows of a page whose place is known, in the order of the page. */
function knownRows(rows: readonly PageRow[], { log, followers }: WhatWasRead): KnownRow[] {
  const places = new Map(
    [...log.rows.map(({ id }) => id), ...followers].map((id, index) => [id, index] as const),
  )
  return rows.flatMap(({ id }, position) => {
    const index = id === null ? undefined : places.get(id)
    return index === undefined ? [] : [{ index, position }]
  })
}

/**
 * Those that may stand where they stood. In an ascending list, a row that changed stands behind all that were not read:
 * that is behind the end of the log, where of the rows that did not change only ties of the last ones can be.
 */
function unmovedRows(
  known: readonly KnownRow[],
  view: PageView,
  { log, order, end }: WhatWasRead,
): readonly KnownRow[] {
  if (order.sign === -1 || (!view.isPlaced && view.verdict === 'unsure')) return known
  const mayTie = log.rows.length - MOVING_KEY_OVERLAP
  return known.filter(({ index, position }) => index >= mayTie || view.start + position < end)
}

/**
 * Those that kept their order: a longest sequence that stands on the page as it stood before. Under a sort by a
 * key that changes, a row that jumped elsewhere marks no place; the many that stayed outvote it.
 */
function keptOrder(known: readonly KnownRow[]): KnownRow[] {
  const best: { readonly length: number; readonly before: number }[] = []
  for (const [at, row] of known.entries()) {
    let [length, before] = [1, -1]
    for (const [earlier, other] of known.slice(0, at).entries()) {
      const reached = (best[earlier]?.length ?? 0) + 1
      if (other.index < row.index && reached > length) [length, before] = [reached, earlier]
    }
    best.push({ length, before })
  }
  const kept: KnownRow[] = []
  const longest = Math.max(0, ...best.map(({ length }) => length))
  for (
    let at = best.findLastIndex(({ length }) => length === longest);
    at >= 0;
    at = best[at]?.before ?? -1
  ) {
    const row = known[at]
    if (row !== undefined) kept.unshift(row)
  }
  return kept
}

/**
 * Whether a single row marks the place though others of the log followed on it, and there is room for them below it on
 * the page: then it is that row which jumped, and the others stand where they stood.
 */
function hasJumped(kept: readonly KnownRow[], { rows, verdict }: PageView, length: number): boolean {
  const [only, ...others] = kept
  if (only === undefined || others.length > 0) return false
  const hasRoom = only.position < rows.length - 1 || verdict === 'end'
  return only.index < length - 1 && hasRoom
}

/** Whether a row that is known to follow the log is not on the page, though one that came behind it is. */
function lacksFollower(known: readonly KnownRow[], length: number): boolean {
  const followers = known.filter(({ index }) => index >= length)
  const last = Math.max(length - 1, ...followers.map(({ index }) => index))
  return followers.length < last - length + 1
}

/** The row that is nearest above the last `overlap` rows, or else the earliest of those. */
function findAnchor(rows: readonly KnownRow[], latest: number): KnownRow | null {
  const above = rows.filter(({ index }) => index <= latest)
  const chosen =
    above.length > 0
      ? above.toSorted((a, b) => b.index - a.index)
      : rows.toSorted((a, b) => a.index - b.index)
  return chosen[0] ?? null
}

/** Rows that stand above one whose place is known, and may have its sort key. */
interface Ties {
  /** The positions of those that were certainly not read. */
  readonly unread: ReadonlySet<number>
  /** Whether there are others, of which nothing tells whether they were read before. */
  readonly isUnsure: boolean
}

const NO_TIES: Ties = { unread: new Set(), isUnsure: false }

/**
 * A row above the known one that is later than the last row read, or of its time, was not read: it is one of its ties.
 * Where times do not tell, an unread tie of the known row stood behind all that are known to follow it, and would be a
 * tie of those as well.
 */
function tiesAbove(known: KnownRow, rows: readonly PageRow[], readBefore: WhatWasRead): Ties {
  const { log, order, followers } = readBefore
  const placed = knownRows(rows, readBefore)
  const isKnown = new Set(placed.map(({ position }) => position))
  // All rows between two ties have their key. Where times do not tell it, so many have not.
  const highest = order.followsTime && order.slack === 0 ? 0 : known.position - MAX_HIDDEN_TIES
  const others = [...rows.entries()].flatMap(([position, { sentAt }]) =>
    position >= highest && position < known.position && !isKnown.has(position) && sentAt !== null
      ? [{ position, sentAt }]
      : [],
  )
  const behind = placed.filter(({ index }) => index > known.index)
  const times = behind.map(({ position }) => rows[position]?.sentAt ?? 0)
  const isTold = (sentAt: number): boolean =>
    times.some((each) => isCertainlyBehind(log, order, each, sentAt))
  const kept = order.followsTime ? placed : keptOrder(placed)
  // An unread row has the key of every row below it that was read, and of all that were read after that one.
  const tiedWith = (above: number): number => {
    const below = kept.filter(({ position }) => position > above).map(({ index }) => index)
    return log.rows.length + followers.length - Math.min(known.index, ...below) - 1
  }
  const positions = (rowsOf: typeof others): number[] => rowsOf.map(({ position }) => position)
  const unread = positions(others.filter(({ sentAt }) => isUnread(log, order, sentAt)))
  const unsure = positions(
    others.filter(
      ({ position, sentAt }) =>
        !unread.includes(position) &&
        mayTieWithEnd(log, order, sentAt) &&
        !isTold(sentAt) &&
        tiedWith(position) < MAX_HIDDEN_TIES,
    ),
  )
  // Where all that was read is remembered, they were not: if they are no ties, they have come since.
  return log.isPartial
    ? { unread: new Set(unread), isUnsure: unsure.length > 0 }
    : { unread: new Set([...unread, ...unsure]), isUnsure: false }
}

function freshRows(rows: readonly PageRow[], readBefore: WhatWasRead, known: KnownRow, ties: Ties): number[] {
  const { log, order, followers } = readBefore
  const read = new Set(log.rows.map(({ id }) => id))
  const ahead = new Set(followers)
  return [...rows.entries()].flatMap(([position, { id, sentAt }]) => {
    const mayFollow = position > known.position || (id !== null && ahead.has(id)) || ties.unread.has(position)
    const isOld = (id !== null && read.has(id)) || (sentAt !== null && isPassed(log, order, sentAt))
    return mayFollow && !isOld ? [position] : []
  })
}

/**
 * Whether a page begins certainly above the place at the end of the log. Where times do not tell, the followers before
 * the first one that it shows have to be gone: there is room for them and another row above it.
 */
function beginsAbove(first: PageRow, follower: KnownRow, { log, order }: WhatWasRead): boolean {
  const earlier = follower.index - log.rows.length
  if (!order.followsTime) return follower.position > earlier
  return first.sentAt !== null && compareToEnd(log, order, first.sentAt) < -order.slack
}
