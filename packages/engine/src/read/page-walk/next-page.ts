import { MAX_MARGIN, PATIENCE, SMALLEST_CAP } from './constants.js'
import { beginRelocation, relocate, splitByTime } from './locate.js'
import { lastTime } from './log.js'
import { matchPage, unknownRows } from './match.js'
import type { PageView } from './page.js'
import { isUnreadable, passOver, passUnreadable, saysMore } from './skip-hidden-rows.js'
import { spanAt, spanFrom } from './span.js'
import {
  askNext,
  capOf,
  endWalk,
  exactly,
  isTiedBeyond,
  note,
  requiredOverlap,
  type WalkState,
} from './state.js'
import { join, type Progress, stay, acceptRows } from './accept-rows.js'

export function walkOn(state: WalkState, view: PageView, isKept: boolean): Progress {
  if (view.rows.length > 0 && view.rows.every(isUnreadable)) return passUnreadable(state, view)
  const match = matchPage(view, state, requiredOverlap(state, capOf(state)))
  const refusals = state.refusals + (match.kind === 'apart' ? 0 : 1)
  const judged = { ...state, refusals }
  switch (match.kind) {
    case 'joined':
      return join(
        match.fresh.length > 0 && isTiedBeyond(state, capOf(state)) ? note(judged, 'TIES_UNPROVEN') : judged,
        view,
        match,
        isKept,
      )
    case 'too-high':
      return view.verdict !== 'more' || refusals > PATIENCE
        ? resume(judged, view)
        : join(judged, view, match, false)
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
  const span = spanFrom(view.start - missing - margin, capOf(state))
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
  const isNews = fresh.some((position) => rows[position]?.id !== null)
  if (isNews || taken.state.ask === null) return taken
  // Nothing of it is new: what stands behind it is taken as it comes.
  const phase = { name: 'passing', upTo: taken.end, pages: 1 } as const
  return stay({ ...taken.state, phase, ask: exactly(spanAt(taken.end, capOf(state)), true) })
}
