import { MAX_MARGIN, PATIENCE } from './constants.js'
import { beginRelocation, relocate, splitByTime } from './locate.js'
import { lastTime } from './log.js'
import { matchPage } from './match.js'
import type { PageView } from './page.js'
import { isUnreadable, lowerCap, passOver, passUnreadable, resume, saysMore } from './skip-hidden-rows.js'
import { spanFrom } from './span.js'
import { askNext, endWalk, exactly, isTiedBeyond, note, requiredOverlap, type WalkState } from './state.js'
import { revisit, takeMatched, type Progress, stay } from './accept-rows.js'

export function walkOn(state: WalkState, view: PageView, isKept: boolean): Progress {
  if (view.rows.length > 0 && view.rows.every(isUnreadable)) return passUnreadable(state, view)
  const match = matchPage(view, state, requiredOverlap(state, state.cap))
  const refusals = state.refusals + (match.kind === 'apart' ? 0 : 1)
  const judged = { ...state, refusals }
  switch (match.kind) {
    case 'joined':
      return takeMatched(
        match.fresh.length > 0 && isTiedBeyond(state, state.cap) ? note(judged, 'TIES_UNPROVEN') : judged,
        view,
        match,
        isKept,
      )
    case 'too-high':
      return view.verdict !== 'more' || refusals > PATIENCE
        ? resume(judged, view)
        : takeMatched(judged, view, match, false)
    case 'too-low':
      return state.isSizeFixed || refusals > PATIENCE
        ? resume(judged, view)
        : stepBack(judged, view, match.missing)
    case 'apart':
      return state.isSizeFixed && view.rows.length > 0 && view.start <= state.end
        ? resume(judged, view)
        : lookElsewhere(judged, view)
  }
}

function stepBack(state: WalkState, view: PageView, missing: number): Progress {
  const margin = Math.min(state.margin + 2, MAX_MARGIN)
  const span = spanFrom(view.start - missing - margin, state.cap)
  return stay({ ...state, margin, ask: exactly(span, true) })
}

/** None of the rows that were read is on the page: the table moved, or they are gone. */
function lookElsewhere(state: WalkState, view: PageView): Progress {
  const { rows, start } = view
  // Where fewer rows are counted than were passed, the list became shorter: the place is further up.
  const isShorter = view.total !== null && view.total < state.end
  if (rows.length === 0 && saysMore(view) && !isShorter) {
    return passOver(state, { name: 'passing', upTo: state.end, pages: 0 }, view)
  }
  // A page that is looked at to find the place shows only that the list is no longer.
  if (rows.length === 0 && (start === 0 || (start === state.end && state.phase.name === 'walking'))) {
    return stay(endWalk(start > 0 && !state.order.followsTime ? note(state, 'PLACE_LOST') : state))
  }
  const lowered = lowerCap(state, view)
  if (lowered !== null && start > 0) return stay(askNext({ ...lowered, phase: { name: 'walking' } }))
  const moved = lowered ?? state
  const { cap } = moved
  const { phase } = moved
  const relocation =
    phase.name === 'relocating' ? phase.relocation : beginRelocation(lastTime(moved.log), moved.end, cap)
  const lookup = relocate(relocation, moved.order, view, cap)
  if (lookup.kind !== 'look') {
    const isAbove = splitByTime(view, moved.order, lastTime(moved.log))?.position === rows.length
    return (isAbove && rows.length > 0 ? revisit(moved) : null) ?? resume(moved, view)
  }
  const relocating = { name: 'relocating', relocation: lookup.relocation } as const
  return stay({ ...moved, phase: relocating, ask: exactly(lookup.span, true) })
}
