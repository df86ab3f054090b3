import type { ListResult, Message, RejectedRow } from '@waybill/core'
import type { PageHint } from '../../cursor/position.js'
import { checkHidden, checkPage } from './checks.js'
import { LONGEST_LIST, MAX_TRIES, SMALLEST_CAP } from './constants.js'
import { probeSize, verifyEnd } from './ending.js'
import type { LogRow } from './log.js'
import { type PageView, showsNews, viewPage } from './page.js'
import { isUnreadable, passOver, passUnreadable, resume } from './skip-hidden-rows.js'
import { seekSpan } from './seek.js'
import { isSameSpan, type PageSpan, startOf } from './span.js'
import { askNext, exactly, note, type Phase, type WalkState } from './state.js'
import { type Progress, stay, acceptRows, judgeRevisited } from './accept-rows.js'
import { walkOn } from './next-page.js'

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
 * @param isStale whether the page came before another one that brought rows was asked for
 */
export function step(before: WalkState, requested: PageSpan, result: ListResult, isStale = false): Step {
  const fixedSize = before.isSizeFixed ? before.served : null
  const view = { ...viewPage(requested, before.cap, before.isSizeTrue, fixedSize, result), isStale }
  const orKept = before.ask?.orKept ?? null
  const isKept = orKept !== null && isSameSpan(orKept, requested)
  const seen = {
    ...before,
    // No larger page than is served, and none so small that hardly a row on it would be new.
    cap: Math.min(before.cap, Math.max(SMALLEST_CAP, view.cap)),
    served: Math.max(before.served, view.rows.length),
    isSizeFixed:
      (before.isSizeFixed && view.rows.length <= before.served) ||
      (view.rows.length > requested.size && !view.isSizeFalse),
    total: view.total,
    tries: before.tries + 1,
  }
  const state = checkHidden(checkPage(seen, view), view)
  // A server that passes over the size counts pages by its own, so this one lies anywhere.
  const isMisplaced = state.isSizeFixed && !before.isSizeFixed
  const progress =
    state.failure !== null
      ? stay(state)
      : isMisplaced
        ? replace(state, view)
        : state.recheck !== null && state.recheck !== before.recheck
          ? lookAgain(state, state.recheck.page)
          : go(state, view, isKept)
  // It goes on from where it is, so that reading comes to an end.
  const isGivenUp = isStuck(progress)
  return finish(isGivenUp ? resume(note(progress.state, 'PLACE_LOST'), view) : progress, view.rejected)
}

function lookAgain(state: WalkState, page: PageSpan): Progress {
  return stay({ ...state, phase: { name: 'walking' }, ask: exactly(page, true) })
}

/** Begins with it, or asks for the page of its size that reads on. */
function replace(state: WalkState, view: PageView): Progress {
  const walking = { ...state, phase: { name: 'walking' } as const }
  if (state.log.rows.length > 0) return stay(askNext(walking))
  return view.requested.number === 1
    ? begin(walking, view)
    : stay({ ...walking, ask: exactly({ number: 1, size: state.cap }, true) })
}

function go(state: WalkState, view: PageView, isKept: boolean): Progress {
  switch (state.phase.name) {
    case 'seeking':
      return seekOn(state, state.phase, view)
    case 'verifying-end':
      return verifyEnd(state, state.phase, view)
    case 'probing':
      return probeSize(state, state.phase, view)
    case 'revisiting':
      return judgeRevisited(state, view)
    case 'passing':
      return passOver(state, state.phase, view)
    case 'walking':
    case 'relocating':
      return state.log.rows.length === 0 ? begin(state, view) : walkOn(state, view, isKept)
    case 'ended':
      throw new TypeError('A walk that has ended takes no page.')
  }
}

/** Gives the new rows out, each with where it was seen. */
function finish({ state, view, positions, end }: Progress, rejected: readonly RejectedRow[]): Step {
  const { number = 1, size = 1 } = view?.requested ?? {}
  const rows = positions.flatMap((position, nth): ReadRow[] => {
    const row = view?.rows[position]
    const hint = { index: end - positions.length + nth, number, size, cap: state.cap }
    return row === undefined || row.id === null
      ? []
      : [{ ...row, id: row.id, isUnreadable: row.message === null, hint }]
  })
  return { state, rows, rejected }
}

/** Whether one place of the list was looked for too often: it changes faster than it can be read, or lies. */
function isStuck({ state, view, positions }: Progress): boolean {
  const { tries, phase, failure } = state
  const isTooFar = state.ask !== null && startOf(state.ask.span) > LONGEST_LIST
  return (
    (tries >= MAX_TRIES || isTooFar) &&
    (view === null || !showsNews(view, positions)) &&
    failure === null &&
    !['ended', 'passing'].includes(phase.name)
  )
}

function seekOn(state: WalkState, { seek }: Extract<Phase, { name: 'seeking' }>, view: PageView): Progress {
  if (!state.order.followsTime) {
    const walking = { ...state, phase: { name: 'walking' } as const }
    // Times say nothing about the order: all is read, from the first page on.
    if (view.requested.number === 1) return begin(walking, view)
    return stay({ ...walking, ask: exactly({ number: 1, size: state.cap }, true) })
  }
  const sought = seekSpan(seek, state.order, view, state.cap)
  const { hidden = 0 } = sought
  const noted = hidden > 0 ? note(state, 'ROWS_HIDDEN', hidden) : state
  const lowered = { ...noted, cap: Math.min(state.cap, sought.cap) }
  if (sought.kind === 'found') return begin({ ...lowered, phase: { name: 'walking' } }, sought.view)
  const phase = { name: 'seeking', seek: sought.seek } as const
  return stay({ ...lowered, phase, ask: exactly(sought.span, false) })
}

/** The first page of the walk: all of it is new. */
function begin(state: WalkState, view: PageView): Progress {
  if (view.rows.length > 0 && view.rows.every(isUnreadable)) return passUnreadable(state, view)
  return acceptRows(state, view, [...view.rows.keys()], view.start + view.rows.length)
}
