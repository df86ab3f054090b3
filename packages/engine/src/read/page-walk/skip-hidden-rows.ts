import { MAX_EMPTY_PAGES, MAX_TRIES, PATIENCE, SMALLEST_CAP } from './constants.js'
import { splitByTime } from './locate.js'
import { lastTime } from './log.js'
import { matchPage, unknownRows } from './match.js'
import { type PageRow, type PageView, showsNews } from './page.js'
import { spanAt, spanFrom, stopOf } from './span.js'
import { askNext, endWalk, exactly, note, type Phase, requiredOverlap, type WalkState } from './state.js'
import { takeMatched, type Progress, stay, acceptRows } from './accept-rows.js'

/**
 * The source's figures tell of more rows than its pages bring. What comes behind is taken as it comes; after a few pages
 * without anything new the list is taken to be at its end.
 */
export function passOver(
  state: WalkState,
  { upTo, pages }: Extract<Phase, { name: 'passing' }>,
  view: PageView,
): Progress {
  const { rows, start, requested } = view
  const match = matchPage(view, state, requiredOverlap(state, state.cap))
  const walking = { ...state, phase: { name: 'walking' } as const }
  if (match.kind === 'joined' && showsNews(view, match.fresh)) {
    return takeMatched(pages > 0 ? note(walking, 'ROWS_HIDDEN') : walking, view, match, false)
  }
  if (rows.length > 0 && rows.every(isUnreadable)) return passUnreadable(state, view)
  if (match.kind !== 'joined' && rows.length > 0 && pages > 0) {
    const lowered = match.kind === 'apart' ? lowerCap(walking, view) : null
    if (lowered !== null) return stay(askNext(lowered))
    // What was read before stands here: the place has moved, and is looked for.
    const isAbove =
      match.kind !== 'apart' || (splitByTime(view, state.order, lastTime(state.log))?.position ?? 0) > 0
    if (isAbove && state.tries < PATIENCE)
      return match.kind === 'too-high' ? takeMatched(walking, view, match, false) : stay(askNext(walking))
    const hidden = Math.max(0, start - state.end)
    const resumed = resume(hidden > 0 ? note(walking, 'ROWS_HIDDEN', hidden) : walking, view)
    if (resumed.state.phase.name !== 'passing') return resumed
  }
  const passed = Math.max(upTo, stopOf(requested))
  if (pages < MAX_EMPTY_PAGES && (saysMore(view) || pages === 0)) {
    const phase = { name: 'passing', upTo: passed, pages: pages + 1 } as const
    // What stands on it may belong right here, or further down.
    const isOpen = pages === 0 && match.kind === 'apart' && rows.length > 0
    return stay({
      ...(isOpen ? note(state, 'PLACE_LOST') : state),
      phase,
      ask: exactly(spanFrom(passed, state.cap), true),
    })
  }
  // The list became shorter while it was read, and what told of more was counted before.
  const isTakenBack = view.total === null ? pages === 1 && !saysMore(view) : view.total < state.end
  if (rows.length === 0 && isTakenBack) {
    if (state.tries >= PATIENCE) return stay(endWalk(note(state, 'PLACE_LOST')))
    return stay(askNext({ ...walking, end: view.total ?? state.end }))
  }
  const missing = view.total === null ? null : view.total - state.end
  const isHidden = missing === null ? saysMore(view) || pages > 1 : missing > 0
  return stay(endWalk(isHidden ? note(state, 'ROWS_HIDDEN', missing) : state))
}

/** Rows that cannot be recognized hold their places all the same: what follows is taken as it comes. */
export function passUnreadable(state: WalkState, view: PageView): Progress {
  const upTo = view.start + view.rows.length
  const noted = note(state, 'ROW_REJECTED', view.rows.length)
  if (view.verdict === 'end' || state.tries >= MAX_TRIES) return stay(endWalk(noted))
  const phase = { name: 'passing', upTo, pages: 1 } as const
  return stay({ ...noted, phase, ask: exactly(spanFrom(upTo, state.cap), true) })
}

/**
 * Goes on where nothing proves the place: below the first known row, or by time, or where nothing else is left, by
 * position. What may be missing or repeated is noted, unless times leave no doubt.
 */
export function resume(state: WalkState, view: PageView): Progress {
  const { rows, start } = view
  const known = unknownRows(rows, state)
  const split = splitByTime(view, state.order, lastTime(state.log))
  const from = split?.position ?? Math.max(0, state.end - start)
  const read = new Set(state.log.rows.map(({ id }) => id))
  const fresh = known ?? [...rows.keys()].filter((at) => at >= from && !read.has(rows[at]?.id ?? ''))
  // Between pages that share no row, others may have slipped.
  const isCertain = known === null && rows.length > 0 && split?.isCertain === true && !state.isSizeFixed
  const noted = isCertain ? state : note(state, 'PLACE_LOST')
  const taken = acceptRows({ ...noted, phase: { name: 'walking' } }, view, fresh, start + rows.length)
  if (showsNews(view, fresh) || taken.state.ask === null) return taken
  // Nothing of it is new: what stands behind it is taken as it comes.
  const phase = { name: 'passing', upTo: taken.end, pages: 1 } as const
  return stay({ ...taken.state, phase, ask: exactly(spanAt(taken.end, state.cap), true) })
}

/** The server may have cut a short page to a lower limit, and then it lies elsewhere; null where that is unlikely. */
export function lowerCap(state: WalkState, { verdict, rows }: PageView): WalkState | null {
  const cap = Math.max(SMALLEST_CAP, rows.length)
  const isCut = verdict === 'unsure' && rows.length > 0 && rows.length >= state.served / 2
  return isCut && cap < state.cap ? { ...state, cap } : null
}

export function isUnreadable({ id }: PageRow): boolean {
  return id === null
}

/** Whether the source's figures tell of rows behind the page. */
export function saysMore({ figures, verdict }: PageView): boolean {
  return figures === 'more' || (figures === 'disagree' && verdict === 'unsure')
}
