import { checkTurned, cutBehindSpan, ignoreSort } from './checks.js'
import {
  FAR_STEPS,
  HIDDEN_KEY_OVERLAP,
  LOOKED_FOR_AGAIN,
  MAX_UNDERCOUNTS,
  REPEATED_SHARE,
  SMALLEST_CAP,
} from './constants.js'
import { appendRows, overlapAt, recallTimes } from './log.js'
import type { Match } from './match.js'
import { isBehindSpan } from './order.js'
import type { PageView } from './page.js'
import { spanAt, startOf } from './span.js'
import { askNext, endWalk, exactly, note, type WalkState } from './state.js'

/** The state after a page, the positions of its rows that are new, and the position in the list after the last of them. */
export interface Progress {
  readonly state: WalkState
  /** The page that brought them: not always the last one. Null where there are none. */
  readonly view: PageView | null
  readonly positions: readonly number[]
  readonly end: number
}

export function stay(state: WalkState): Progress {
  return { state, view: null, positions: [], end: state.end }
}

export function takeMatched(
  state: WalkState,
  view: PageView,
  match: Extract<Match, { kind: 'joined' | 'too-high' }>,
  isKept: boolean,
): Progress {
  const fresh = match.kind === 'joined' ? match.fresh : []
  const isFar = state.tries <= FAR_STEPS && match.beyond > state.cap / 2
  const seen = match.end + (isFar ? match.beyond : 0)
  const end = view.verdict === 'unsure' ? likelierEnd(state, view, seen, fresh.length) : seen
  const isUnsure = match.kind === 'joined' && match.isUnsure
  const matched = {
    ...(isUnsure ? note(state, 'PLACE_LOST') : state),
    log: recallTimes(state.log, view.rows),
    phase: { name: 'walking' } as const,
  }
  // The list ends above rows that were read, and below others that were not: the order of its pages may be another.
  const isEndedAbove =
    match.kind === 'joined' && fresh.length === 0 && view.verdict === 'end' && match.beyond > 0 && !isKept
  if (isEndedAbove && match.end - state.end + match.beyond >= SMALLEST_CAP) {
    const again = revisit(matched)
    if (again !== null) return again
  }
  const taken = acceptRows(matched, view, fresh, end)
  // A kept page that joins is as good as one that was asked for, and so are the pages kept with it.
  const { ask } = taken.state
  return isKept && ask !== null
    ? { ...taken, state: { ...taken.state, ask: { ...ask, isFresh: false } } }
    : taken
}

/** Asks once more for the page that showed the last row; null where that was done. */
export function revisit(state: WalkState): Progress | null {
  return state.lastRow === null
    ? null
    : stay({ ...state, phase: { name: 'revisiting' }, ask: exactly(state.lastRow.page, true) })
}

/**
 * Rows that still stand where they stood, and are not where the next page should show them, are in another order from page
 * to page than on each of them.
 */
export function judgeRevisited(state: WalkState, view: PageView): Progress {
  const walking = { ...state, phase: { name: 'walking' }, lastRow: null } as const
  const { position = -1 } = state.lastRow ?? {}
  const before = state.log.rows.slice(-position - 1).map(({ id }) => id)
  const stays = view.rows.slice(position + 1 - before.length, position + 1)
  const unmoved = before.filter((id, index) => stays[index]?.id === id).length
  const isThere = before.at(-1) === stays.at(-1)?.id && unmoved >= REPEATED_SHARE * before.length
  if (!isThere) return stay(askNext(walking))
  const end = view.start + position + 1
  const phase = { name: 'passing', upTo: end, pages: 1 } as const
  return stay({ ...ignoreSort(walking), end, phase, ask: exactly(spanAt(end, state.cap), true) })
}

/** A short page of unknown size lies where it seems to, or was cut and lies where the place was expected. */
function likelierEnd(
  state: WalkState,
  { requested, rows, start }: PageView,
  end: number,
  fresh: number,
): number {
  const expected = state.end + fresh
  const cut = startOf({ number: requested.number, size: rows.length }) + end - start
  return Math.abs(cut - expected) < Math.abs(end - expected) ? cut : end
}

/** Takes the new rows of a page into the log, and concludes from the page what there is to do next. */
export function acceptRows(
  before: WalkState,
  view: PageView,
  positions: readonly number[],
  end: number,
): Progress {
  const found = positions.flatMap((position) => view.rows[position] ?? [])
  const state = checkTurned(before, found)
  const cut = cutBehindSpan(found, (sentAt) => isBehindSpan(state.order, sentAt))
  const behind = found.slice(cut).filter(({ sentAt }) => sentAt !== null).length
  const isCut = behind >= 2 || (behind > 0 && view.verdict === 'end')
  const kept = isCut ? positions.slice(0, cut) : positions
  const rows = isCut ? found.slice(0, cut) : found
  const read = rows.flatMap(({ id, sentAt }) =>
    id === null ? [] : [{ id, sentAt, isUnreadable: sentAt === null }],
  )
  const ids = new Set(read.map(({ id }) => id))
  const rejected = rows.filter(({ message }) => message === null).length
  const noted = rejected > 0 ? note(state, 'ROW_REJECTED', rejected) : state
  const isNews = read.length > 0
  const next: WalkState = {
    ...noted,
    log: appendRows(state.log, state.order, read),
    followers: isNews ? notPassed(state.followers, view, ids) : state.followers,
    end: end - (found.length - rows.length),
    lastRow: isNews ? { page: view.requested, position: kept.at(-1) ?? 0 } : state.lastRow,
    tries: isNews ? 0 : state.tries,
    refusals: isNews ? 0 : state.refusals,
  }
  const progress = { view, positions: kept, end: next.end }
  return { ...progress, state: isCut ? endWalk(next) : conclude(next, view, isPlacedBy(before, view)) }
}

/**
 * The followers that may still come: once a row is read that stood behind one of them, that one is gone or stands behind
 * no longer. A page that was kept from before must not bring it back.
 */
function notPassed(followers: readonly string[], { rows }: PageView, read: ReadonlySet<string>): string[] {
  const shown = new Set(rows.map(({ id }) => id))
  const passed = followers.findLastIndex((id) => shown.has(id))
  return followers.slice(passed + 1).filter((id) => !read.has(id))
}

/** Whether a page lies where it seems to: the last row that was read stands on it where it stood, but for a few of its ties. */
function isPlacedBy({ log, end }: WalkState, { rows, start, isPlaced }: PageView): boolean {
  const last = rows.findIndex(({ id }) => id === log.rows.at(-1)?.id)
  return isPlaced || (last !== -1 && Math.abs(start + last + 1 - end) < HIDDEN_KEY_OVERLAP)
}

function firstIds({ rows }: PageView): string[] {
  return rows.slice(0, LOOKED_FOR_AGAIN).map(({ id }) => id ?? '')
}

function conclude(state: WalkState, view: PageView, isPlaced: boolean): WalkState {
  const { rows, verdict, total, requested } = view
  if (verdict === 'more') return askNext(state)
  const { length } = state.log.rows
  const above = overlapAt(state.log, state.order, length)
  const id = state.log.rows[length - above]?.id
  const isRead = rows.at(-1)?.id === state.log.rows.at(-1)?.id
  const shortPage =
    isPlaced && isRead && id !== undefined
      ? { id, index: state.end - above, total, page: requested, first: firstIds(view) }
      : state.shortPage
  if (verdict === 'unsure') {
    const missing = total === null ? null : Math.max(0, Math.min(view.size, total - view.start) - rows.length)
    const isLacking = view.isSized && view.figures === 'more' && missing !== 0
    const missingRows = isLacking ? { count: missing, total } : state.missingRows
    const suspectedCap = Math.max(SMALLEST_CAP, rows.length)
    return askNext({
      ...state,
      shortPage,
      missingRows,
      phase: { name: 'verifying-end', suspectedCap, stride: 1, listEnd: null },
    })
  }
  // A count that is too low may have been taken before a row arrived: it is asked for once more.
  if (state.undercounts > 0 && state.undercounts < MAX_UNDERCOUNTS)
    return { ...state, phase: { name: 'walking' }, ask: exactly(requested, true) }
  const isProbed = view.isBare && !view.isSized && requested.number === 1 && state.served === rows.length
  if (isProbed && rows.length > 0 && rows.length < Math.min(SMALLEST_CAP, requested.size)) {
    const { length: size } = rows
    return { ...state, phase: { name: 'probing', size }, ask: exactly({ number: 2, size }, true) }
  }
  return endWalk(state)
}
