import {
  BASE_OVERLAP,
  HIDDEN_KEY_OVERLAP,
  LAST_PLACES,
  MAX_HIDDEN_TIES,
  MAX_LOG,
  MAX_TIED_TRAIL,
  MAX_TRAIL,
  MIN_FOLLOWERS,
  MIN_TRAIL,
  MOVING_KEY_OVERLAP,
} from './constants.js'
import { type ListOrder, rankOf } from './order.js'
import type { PageRow } from './page.js'

/** A row that was read. */
export interface LogRow {
  readonly id: string
  /** Null where it is not known, or not any more. */
  readonly sentAt: number | null
  /** Whether it was never known, since the row cannot be read: it may have the time of its neighbours. */
  readonly isUnreadable?: boolean
}

/**
 * The last rows of a list that were read, in the order in which they were read, each once. A page is matched against
 * them.
 *
 * When a page ends inside a group of equal sort keys, a row of that group may stand before the next page at its time:
 * the next page must begin above the whole group. The sort key itself is hidden. Rows near each other whose `sentAt` lie
 * no further apart than rows were ever seen to stand out of order may have one key; where every row stands in order,
 * only those of the very same time.
 */
export interface ReadLog {
  readonly rows: readonly LogRow[]
  /** Whether rows were read before the first of these. */
  readonly isPartial: boolean
  /** The furthest that a row was seen to stand before one of an earlier place in the order, in milliseconds. */
  readonly spread: number
}

export const EMPTY_LOG: ReadLog = { rows: [], isPartial: false, spread: 0 }

/** Adds rows at the end, and forgets the earliest where there are too many. */
export function appendRows(log: ReadLog, order: ListOrder, rows: readonly LogRow[]): ReadLog {
  let { spread } = log
  let last = lastTime(log)
  for (const { sentAt } of rows) {
    if (sentAt === null) continue
    if (last !== null && order.followsTime)
      spread = Math.max(spread, rankOf(order, last) - rankOf(order, sentAt))
    last = sentAt
  }
  const all = [...log.rows, ...rows]
  const isPartial = log.isPartial || all.length > MAX_LOG
  return { rows: all.slice(-MAX_LOG), isPartial, spread }
}

/** Fills in the times of rows that are seen again, or that they have none. */
export function recallTimes(log: ReadLog, seen: readonly PageRow[]): ReadLog {
  const times = new Map(seen.map(({ id, sentAt }) => [id, sentAt]))
  const isNews = ({ id, sentAt, isUnreadable }: LogRow): boolean =>
    sentAt === null && isUnreadable !== true && times.has(id)
  if (!log.rows.some(isNews)) return log
  const recall = (row: LogRow): LogRow => {
    const sentAt = times.get(row.id) ?? null
    return { ...row, sentAt, isUnreadable: sentAt === null }
  }
  return { ...log, rows: log.rows.map((row) => (isNews(row) ? recall(row) : row)) }
}

/** The time of the last row whose time is known. */
export function lastTime({ rows }: ReadLog): number | null {
  return rows.findLast(({ sentAt }) => sentAt !== null)?.sentAt ?? null
}

/** Whether a time stands before (negative) or behind (positive) that of the last row; 0 where that cannot be known. */
export function compareToEnd(log: ReadLog, order: ListOrder, sentAt: number): number {
  const last = lastTime(log)
  return last === null || !order.followsTime ? 0 : rankOf(order, sentAt) - rankOf(order, last)
}

/**
 * Whether a row of this time that is not in the log was certainly not read: it comes later than the last row, or has
 * its time, for all that were read of that time are remembered.
 */
export function isUnread(log: ReadLog, order: ListOrder, sentAt: number): boolean {
  const place = compareToEnd(log, order, sentAt)
  return place > order.slack || (order.slack === 0 && order.followsTime && lastTime(log) === sentAt)
}

/** Whether a row of this time stands certainly before the last row: it was read, or has come since. */
export function isPassed(log: ReadLog, order: ListOrder, sentAt: number): boolean {
  return compareToEnd(log, order, sentAt) < -reachOf(log, order)
}

/** Whether a row of this time may have the sort key of the last row, and its time does not show whether it was read. */
export function mayTieWithEnd(log: ReadLog, order: ListOrder, sentAt: number): boolean {
  const reach = reachOf(log, order)
  return !order.followsTime || (reach > 0 && Math.abs(compareToEnd(log, order, sentAt)) <= reach)
}

/** Whether a row of one time stands certainly behind a row of another. */
export function isCertainlyBehind(log: ReadLog, order: ListOrder, sentAt: number, other: number): boolean {
  return order.followsTime && rankOf(order, sentAt) - rankOf(order, other) > reachOf(log, order)
}

/** How far apart the times of two rows may lie that have one sort key. */
function reachOf({ spread }: ReadLog, { slack }: ListOrder): number {
  return Math.max(slack, spread)
}

/**
 * How many of the first rows may have the sort key of rows that were read before them and are not remembered: what
 * stands below one of these, and is not in the log, is not certainly new.
 */
export function blindRows({ isPartial }: ReadLog, { followsTime, slack }: ListOrder): number {
  if (!isPartial) return 0
  if (!followsTime) return MOVING_KEY_OVERLAP
  return slack > 0 ? HIDDEN_KEY_OVERLAP : 0
}

/** Fewest rows that a position remembers; a shorter trail holds everything that was read. */
export function leastTrail({ followsTime }: ListOrder): number {
  return followsTime ? MIN_TRAIL : 3 * MOVING_KEY_OVERLAP
}

/** How many rows before `count`, in a row, may have the sort key of the last of them, that one included. */
export function tiesAt({ rows, spread }: ReadLog, count: number): number {
  let start = count - 1
  while (start > 0 && rows[start]?.sentAt === null) start -= 1
  const last = start
  if ((rows[last]?.sentAt ?? null) === null) return 0
  for (let at = last - 1; at >= 0; at -= 1) {
    if (!isTie(rows, spread, at, last) && rows[at]?.isUnreadable !== true) break
    start = at
  }
  return count - start
}

/** How many of the rows before `count` a page must share to prove that it follows on them. */
export function overlapAt(log: ReadLog, { followsTime }: ListOrder, count: number): number {
  if (!followsTime) return MOVING_KEY_OVERLAP
  return Math.max(log.spread > 0 ? HIDDEN_KEY_OVERLAP : BASE_OVERLAP, tiesAt(log, count) + 1)
}

/**
 * How many rows a page has to share to follow on one whose rows are not known yet: as many as any of the last places
 * called for. A group of equal times that is larger than most does not count, for there may be no other like it.
 */
export function likelyOverlap(log: ReadLog, order: ListOrder): number {
  const { length } = log.rows
  const overlaps = Array.from({ length: Math.min(LAST_PLACES, length) }, (_, nth) =>
    overlapAt(log, order, length - nth),
  )
  return Math.max(BASE_OVERLAP, ...overlaps.filter((each) => each <= MAX_HIDDEN_TIES + 1))
}

/**
 * Ids of the rows before `count`, enough to recognize the place and not to yield one of them again. They begin with
 * the first row of a group of ties: any of them may be found first, and none of its ties may pass for new. Ties that
 * cannot be seen are allowed for by more rows.
 */
export function trailAt(log: ReadLog, order: ListOrder, count: number): string[] {
  const { rows, spread } = log
  const wanted = Math.min(MAX_TIED_TRAIL, Math.max(2 * overlapAt(log, order, count), leastTrail(order)))
  const first = Math.max(0, count - wanted)
  let start = first
  while (start > count - MAX_TRAIL && start > 0 && mayBeTie(rows, spread, start - 1, first)) start -= 1
  return rows.slice(start, count).map((row) => row.id)
}

/** Ids of the rows that are known to follow `count`: its ties, and at least as many as pages share. */
export function followersAt(log: ReadLog, order: ListOrder, count: number): string[] {
  const { rows, spread } = log
  let end = count + Math.min(MAX_TIED_TRAIL, Math.max(MIN_FOLLOWERS, overlapAt(log, order, count)))
  while (end < Math.min(rows.length, count + MAX_TRAIL) && isTie(rows, spread, end, count - 1)) end += 1
  return rows.slice(count, end).map((row) => row.id)
}

function isTie(rows: readonly LogRow[], spread: number, index: number, other: number): boolean {
  const [a, b] = [rows[index]?.sentAt ?? null, rows[other]?.sentAt ?? null]
  return a !== null && b !== null && Math.abs(a - b) <= spreadOver(spread, index, other)
}

function mayBeTie(rows: readonly LogRow[], spread: number, index: number, other: number): boolean {
  const [a, b] = [rows[index]?.sentAt ?? null, rows[other]?.sentAt ?? null]
  return a === null || b === null || Math.abs(a - b) <= spreadOver(spread, index, other)
}

/** Hidden ties stand near each other. */
function spreadOver(spread: number, index: number, other: number): number {
  return Math.abs(index - other) < MAX_HIDDEN_TIES ? spread : 0
}
