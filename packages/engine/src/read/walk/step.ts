import type { ListResult, Message, RejectedRow } from '@waybill/core'
import type { PageHint } from '../../cursor/position.js'
import { checkHidden, checkPage, checkTurned, cutBehindSpan } from './checks.js'
import { FAR_STEPS, MAX_EMPTY_PAGES, MAX_MARGIN, MAX_TRIES, MAX_UNDERCOUNTS, PATIENCE, SMALLEST_CAP } from './constants.js'
import { beginRelocation, relocate, splitByTime } from './locate.js'
import { appendRows, type LogRow, lastTime, overlapAt, recallTimes, tiesAt } from './log.js'
import { type Match, matchPage, unknownRows } from './match.js'
import { isBehindSpan } from './order.js'
import { type PageView, viewPage } from './page.js'
import { seekSpan } from './seek.js'
import { nextSpan, type PageSpan, spanFrom, spanHolding, startOf, stopOf } from './span.js'
import {
  askNext,
  capOf,
  endWalk,
  exactly,
  note,
  type Phase,
  requiredOverlap,
  type WalkState,
} from './state.js'

/** A row that a step brought, in the order of the list. */
export interface ReadRow extends LogRow {
  /** Null for a row that cannot be read. */
  readonly message: Message | null
  readonly hint: PageHint
}

/** What a page came to. */
export interface Step {
  readonly state: WalkState
  /** Rows that were not read before. */
  readonly rows: readonly ReadRow[]
  /** The rows of the page that cannot be read, met before or not. */
  readonly rejected: readonly RejectedRow[]
}

/**
 * Takes in the page that was asked for: which of its rows follow on what was read, and what to ask for next.
 *
 * @param requested the page as it was asked for: the one of `state.ask`, or another that it allows
 */
export function step(before: WalkState, requested: PageSpan, result: ListResult): Step {
  const view = viewPage(requested, before.cap, result)
  const isKept = isSame(before.ask?.orKept ?? null, requested)
  const seen = {
    ...before,
    cap: Math.min(before.cap, view.cap),
    served: Math.max(before.served, view.rows.length),
    total: view.total,
    tries: before.tries + 1,
  }
  const state = checkHidden(checkPage(seen, view), view)
  return finish(state.failure === null ? go(state, view, isKept) : stay(state), view.rejected)
}

/** The state after a page, the positions of its rows that are new, and the position in the list after the last of them. */
interface Progress {
  readonly state: WalkState
  /** The page that brought them: not always the last one. Null where there are none. */
  readonly view: PageView | null
  readonly positions: readonly number[]
  readonly end: number
}

function go(state: WalkState, view: PageView, isKept: boolean): Progress {
  switch (state.phase.name) {
    case 'seeking':
      return seekOn(state, state.phase, view)
    case 'verifying-end':
      return verifyEnd(state, state.phase, view)
    case 'passing':
      return passOver(state, state.phase, view)
    case 'walking':
    case 'relocating':
      return state.log.rows.length === 0 ? begin(state, view) : walkOn(state, view, isKept)
    case 'ended':
      throw new TypeError('A walk that has ended takes no page.')
  }
}

/** Puts new rows into the log, gives up a place that was tried too often, and counts from 0 where rows were brought. */
function finish({ state, view, positions, end }: Progress, rejected: readonly RejectedRow[]): Step {
  const { number = 1, size = 1 } = view?.requested ?? {}
  const rows = positions.flatMap((position, nth): ReadRow[] => {
    const row = view?.rows[position]
    const hint = { index: end - positions.length + nth, number, size, cap: state.cap }
    return row === undefined ? [] : [{ ...row, hint }]
  })
  const isStuck = rows.length === 0 && state.tries >= MAX_TRIES
  return { state: isStuck ? { ...state, ask: null } : state, rows, rejected }
}

function seekOn(state: WalkState, { seek }: Extract<Phase, { name: 'seeking' }>, view: PageView): Progress {
  if (!state.order.followsTime) {
    const walking = { ...state, phase: { name: 'walking' } as const }
    // Times say nothing about the order: all is read, from the first page on.
    if (view.requested.number === 1) return begin(walking, view)
    return stay({ ...walking, ask: exactly({ number: 1, size: capOf(state) }, true) })
  }
  const sought = seekSpan(seek, state.order, view, state.cap)
  const lowered = { ...state, cap: Math.min(state.cap, sought.cap) }
  if (sought.kind === 'found') return begin({ ...lowered, phase: { name: 'walking' } }, sought.view)
  const phase = { name: 'seeking', seek: sought.seek } as const
  return stay({ ...lowered, phase, ask: exactly(sought.span, false) })
}

/** The first page of the walk: all of it is new. */
function begin(state: WalkState, view: PageView): Progress {
  return take(state, view, [...view.rows.keys()], view.start + view.rows.length)
}

function walkOn(state: WalkState, view: PageView, isKept: boolean): Progress {
  const match = matchPage(view, state, requiredOverlap(state, capOf(state)))
  const refusals = state.refusals + (match.kind === 'apart' ? 0 : 1)
  const judged = { ...state, refusals }
  switch (match.kind) {
    case 'joined':
      return join(judged, view, match, isKept)
    case 'too-high':
      return view.verdict !== 'more' || refusals > PATIENCE ? resume(judged, view) : join(judged, view, match, false)
    case 'too-low':
      return refusals > PATIENCE ? resume(judged, view) : stepBack(judged, view, match.missing)
    case 'apart':
      return lookElsewhere(judged, view)
  }
}

function join(
  state: WalkState,
  view: PageView,
  match: Extract<Match, { kind: 'joined' | 'too-high' }>,
  isKept: boolean,
): Progress {
  const fresh = match.kind === 'joined' ? match.fresh : []
  const isFar = state.tries <= FAR_STEPS && match.beyond > capOf(state) / 2
  const seen = match.end + (isFar ? match.beyond : 0)
  const end = view.verdict === 'unsure' ? likelierEnd(state, view, seen, fresh.length) : seen
  const isUnsure = match.kind === 'joined' && match.isUnsure
  const joined = {
    ...(isUnsure ? note(state, 'PLACE_LOST') : state),
    log: recallTimes(state.log, view.rows),
    isLowered: false,
    phase: { name: 'walking' } as const,
  }
  const taken = take(joined, view, fresh, end)
  // A kept page that joins is as good as one that was asked for, and so are the pages kept with it.
  const { ask } = taken.state
  return isKept && ask !== null ? { ...taken, state: { ...taken.state, ask: { ...ask, isFresh: false } } } : taken
}

/** A short page of unknown size lies where it seems to, or was cut and lies where the place was expected. */
function likelierEnd(state: WalkState, { requested, rows, start }: PageView, end: number, fresh: number): number {
  const expected = state.end + fresh
  const cut = startOf({ number: requested.number, size: rows.length }) + end - start
  return Math.abs(cut - expected) < Math.abs(end - expected) ? cut : end
}

function stepBack(state: WalkState, view: PageView, missing: number): Progress {
  const margin = Math.min(state.margin + 2, MAX_MARGIN)
  const span = spanFrom(view.start - missing - margin, capOf(state))
  return stay({ ...state, margin, ask: exactly(span, true) })
}

/** None of the rows that were read is on the page: the table moved, or they are gone. */
function lookElsewhere(state: WalkState, view: PageView): Progress {
  const { rows, start } = view
  if (rows.length === 0 && view.figures === 'more') {
    return passOver(state, { name: 'passing', upTo: state.end, pages: 0 }, view)
  }
  if (rows.length === 0 && (start === 0 || start === state.end)) {
    return stay(endWalk(start > 0 && !state.order.followsTime ? note(state, 'PLACE_LOST') : state))
  }
  let moved = state
  if (view.verdict === 'unsure' && rows.length > 0) {
    if (rows.length >= state.served / 2 && !state.isLowered) {
      // The server may have cut the page to a lower limit, and then it lies elsewhere.
      moved = { ...state, isLowered: true, cap: Math.min(state.cap, Math.max(SMALLEST_CAP, rows.length)) }
      if (start > 0) return stay(askNext({ ...moved, phase: { name: 'walking' } }))
    } else moved = { ...state, trustedSize: Math.max(SMALLEST_CAP, Math.floor(capOf(state) / 2)) }
  }
  const cap = capOf(moved)
  const { phase } = moved
  const relocation =
    phase.name === 'relocating' ? phase.relocation : beginRelocation(lastTime(moved.log), moved.end, cap)
  const lookup = relocate(relocation, moved.order, view, cap)
  if (lookup.kind !== 'look') return resume(moved, view)
  const relocating = { name: 'relocating', relocation: lookup.relocation } as const
  return stay({ ...moved, phase: relocating, ask: exactly(lookup.span, true) })
}

/**
 * Goes on where nothing proves the place: below the first known row, or by time, or where nothing else is left, by
 * position. What may be missing or repeated is noted, unless times leave no doubt.
 */
function resume(state: WalkState, view: PageView): Progress {
  const { rows, start } = view
  const known = unknownRows(rows, state)
  const split = splitByTime(view, state.order, lastTime(state.log))
  const from = split?.position ?? Math.max(0, state.end - start)
  const read = new Set(state.log.rows.map(({ id }) => id))
  const fresh = known ?? [...rows.keys()].filter((at) => at >= from && !read.has(rows[at]?.id ?? ''))
  const isCertain = known === null && split?.isCertain === true
  const noted = isCertain ? state : note(state, 'PLACE_LOST')
  const taken = take({ ...noted, phase: { name: 'walking' } }, view, fresh, start + rows.length)
  if (fresh.length > 0 || taken.state.ask === null) return taken
  return { ...taken, state: { ...taken.state, ask: exactly(spanFrom(taken.end, capOf(state)), true) } }
}

/**
 * Whether the log holds the list's last rows. A page too small to be cut shows where the list ends. A row of the last
 * ones' time may stand above that page: unless it begins far enough up, a larger one has to show that there is none.
 */
function verifyEnd(state: WalkState, phase: Extract<Phase, { name: 'verifying-end' }>, view: PageView): Progress {
  const { suspectedCap, stride } = phase
  const { rows, start, requested } = view
  const stop = start + rows.length
  const overlap = overlapAt(state.log, state.order, state.log.rows.length)
  if (phase.listEnd === null) {
    if (stop === 0 && view.figures !== 'more') return stay(endWalk(state))
    const isShort = rows.length < requested.size
    if (isShort && view.figures === 'more') return passOver(state, { name: 'passing', upTo: state.end, pages: 0 }, view)
    if (isShort && stop < state.end) {
      // The list became shorter than it was when the log was read.
      const end = Math.max(0, rows.length === 0 ? stop - stride : stop)
      const shorter = { ...state, end, phase: { ...phase, stride: 2 * stride } }
      return stay({ ...shorter, ask: exactly(nextSpan(end, overlap, SMALLEST_CAP), true) })
    }
    if (isShort && start > 0 && stop - start < overlap) {
      const span = spanHolding(stop, overlap, SMALLEST_CAP, suspectedCap)
      return stay({ ...state, phase: { ...phase, listEnd: stop }, ask: exactly(span, true) })
    }
    if (!isShort) return walkOn(asCut(state, suspectedCap), view, false)
  }
  const listEnd = phase.listEnd ?? stop
  const shared = Math.max(1, Math.min(overlap, listEnd - start))
  const match = matchPage(view, state, shared)
  if (match.kind !== 'joined' || match.fresh.length > 0 || stop !== listEnd)
    return walkOn(asCut(state, suspectedCap), view, false)
  // More rows may share the last time than a page that was not cut can show together with the row before them.
  const isTied = start > 0 && tiesAt(state.log, state.log.rows.length) >= shared
  const noted = match.isUnsure ? note(state, 'PLACE_LOST') : state
  return stay(endWalk(isTied ? note(noted, 'TIES_UNPROVEN') : noted))
}

/** Goes on as if the short page had been cut. */
function asCut(state: WalkState, suspectedCap: number): WalkState {
  return { ...state, cap: Math.min(state.cap, suspectedCap), phase: { name: 'walking' } }
}

/**
 * The source's figures tell of more rows than its pages bring. What comes behind is taken as it comes; after a few pages
 * without anything new the list is taken to be at its end.
 */
function passOver(state: WalkState, { upTo, pages }: Extract<Phase, { name: 'passing' }>, view: PageView): Progress {
  const { rows, start, requested } = view
  const match = matchPage(view, state, requiredOverlap(state, capOf(state)))
  const walking = { ...state, phase: { name: 'walking' } as const }
  if (match.kind === 'joined' && match.fresh.length > 0) {
    return join(pages > 0 ? note(walking, 'ROWS_HIDDEN') : walking, view, match, false)
  }
  if (match.kind === 'apart' && rows.length > 0 && pages > 0) {
    const hidden = Math.max(0, start - state.end)
    return take(note(walking, 'ROWS_HIDDEN', hidden), view, [...rows.keys()], start + rows.length)
  }
  const passed = Math.max(upTo, stopOf(requested))
  const saysMore = view.figures === 'more'
  if (pages < MAX_EMPTY_PAGES && (saysMore || pages === 0)) {
    const phase = { name: 'passing', upTo: passed, pages: pages + 1 } as const
    return stay({ ...state, phase, ask: exactly(spanFrom(passed, capOf(state)), true) })
  }
  const missing = view.total === null ? null : view.total - state.end
  const isHidden = missing === null ? saysMore || pages > 1 : missing > 0
  return stay(endWalk(isHidden ? note(state, 'ROWS_HIDDEN', missing) : state))
}

/** Takes the new rows of a page into the log, and concludes from the page what there is to do next. */
function take(before: WalkState, view: PageView, positions: readonly number[], end: number): Progress {
  const found = positions.flatMap((position) => view.rows[position] ?? [])
  const state = checkTurned(before, found)
  const cut = cutBehindSpan(found, (sentAt) => isBehindSpan(state.order, sentAt))
  const isCut = found.length - cut >= 2 || (found.length > cut && view.verdict === 'end')
  const kept = isCut ? positions.slice(0, cut) : positions
  const rows = isCut ? found.slice(0, cut) : found
  const ids = new Set(rows.map(({ id }) => id))
  const rejected = rows.filter(({ message }) => message === null).length
  const noted = rejected > 0 ? note(state, 'ROW_REJECTED', rejected) : state
  const isNews = rows.length > 0
  const next: WalkState = {
    ...noted,
    log: appendRows(state.log, state.order, rows),
    followers: isNews ? notPassed(state.followers, view, ids) : state.followers,
    end: end - (found.length - rows.length),
    tries: isNews ? 0 : state.tries,
    refusals: isNews ? 0 : state.refusals,
  }
  const progress = { view, positions: kept, end: next.end }
  return { ...progress, state: isCut ? endWalk(next) : conclude(next, view) }
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

function conclude(state: WalkState, view: PageView): WalkState {
  const { rows, verdict, total, requested } = view
  if (verdict === 'more') return askNext(state)
  const lastId = rows.at(-1)?.id
  const isLast = lastId !== undefined && lastId === state.log.rows.at(-1)?.id
  const short = isLast ? { stop: state.end, lastId, total } : state.short
  if (verdict === 'unsure') {
    const suspectedCap = Math.max(SMALLEST_CAP, rows.length)
    return askNext({ ...state, short, phase: { name: 'verifying-end', suspectedCap, stride: 1, listEnd: null } })
  }
  // A count that is too low may have been taken before a row arrived: it is asked for once more.
  if (state.undercounts > 0 && state.undercounts < MAX_UNDERCOUNTS) return { ...state, phase: { name: 'walking' }, ask: exactly(requested, true) }
  return endWalk(state)
}

function stay(state: WalkState): Progress {
  return { state, view: null, positions: [], end: state.end }
}

function isSame(a: PageSpan | null, b: PageSpan): boolean {
  return a !== null && a.number === b.number && a.size === b.size
}
