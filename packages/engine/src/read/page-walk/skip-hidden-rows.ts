import { MAX_EMPTY_PAGES, MAX_TRIES, PATIENCE } from './constants.js'
import { matchPage } from './match.js'
import type { PageRow, PageView } from './page.js'
import { spanFrom, stopOf } from './span.js'
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
import { join, type Progress, stay, acceptRows } from './accept-rows.js'

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
  const match = matchPage(view, state, requiredOverlap(state, capOf(state)))
  const walking = { ...state, phase: { name: 'walking' } as const }
  if (match.kind === 'joined' && match.fresh.length > 0) {
    return join(pages > 0 ? note(walking, 'ROWS_HIDDEN') : walking, view, match, false)
  }
  if (rows.length > 0 && rows.every(isUnreadable)) return passUnreadable(state, view)
  if (match.kind === 'apart' && rows.length > 0 && pages > 0) {
    const hidden = Math.max(0, start - state.end)
    return acceptRows(
      hidden > 0 ? note(walking, 'ROWS_HIDDEN', hidden) : walking,
      view,
      [...rows.keys()],
      start + rows.length,
    )
  }
  const passed = Math.max(upTo, stopOf(requested))
  if (pages < MAX_EMPTY_PAGES && (saysMore(view) || pages === 0)) {
    const phase = { name: 'passing', upTo: passed, pages: pages + 1 } as const
    // What stands on it may belong right here, or further down.
    const isOpen = pages === 0 && match.kind === 'apart' && rows.length > 0
    return stay({
      ...(isOpen ? note(state, 'PLACE_LOST') : state),
      phase,
      ask: exactly(spanFrom(passed, capOf(state)), true),
    })
  }
  // The list became shorter while it was read, and what told of more was counted before.
  const isTakenBack = view.total === null ? pages === 1 && !saysMore(view) : view.total < state.end
  if (rows.length === 0 && isTakenBack && state.tries < PATIENCE)
    return stay(askNext({ ...walking, end: view.total ?? state.end }))
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
  return stay({ ...noted, phase, ask: exactly(spanFrom(upTo, capOf(state)), true) })
}

export function isUnreadable({ id }: PageRow): boolean {
  return id === null
}

/** Whether the source's figures tell of rows behind the page. */
export function saysMore({ figures, verdict }: PageView): boolean {
  return figures === 'more' || (figures === 'disagree' && verdict === 'unsure')
}
