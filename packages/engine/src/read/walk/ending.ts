import { SMALLEST_CAP } from './constants.js'
import { overlapAt, tiesAt } from './log.js'
import { matchPage, unknownRows } from './match.js'
import type { PageView } from './page.js'
import { passOver, saysMore } from './passing.js'
import { nextSpan, spanHolding } from './span.js'
import { endWalk, exactly, note, type Phase, type WalkState } from './state.js'
import { type Progress, stay } from './take.js'
import { walkOn } from './walking.js'

/**
 * Whether the log holds the list's last rows. A page too small to be cut shows where the list ends. A row of the last
 * ones' time may stand above that page: unless it begins far enough up, a larger one has to show that there is none.
 */
export function verifyEnd(
  state: WalkState,
  phase: Extract<Phase, { name: 'verifying-end' }>,
  view: PageView,
): Progress {
  const { suspectedCap, stride } = phase
  const { rows, start, requested } = view
  const stop = start + rows.length
  const overlap = overlapAt(state.log, state.order, state.log.rows.length)
  if (phase.listEnd === null) {
    if (stop === 0 && !saysMore(view)) return stay(endWalk(state))
    const isShort = rows.length < requested.size
    const hasNews = (unknownRows(rows, state) ?? []).length > 0
    if (isShort && saysMore(view) && !hasNews)
      return passOver(state, { name: 'passing', upTo: state.end, pages: 0 }, view)
    if (isShort && stop < state.end) {
      // The list became shorter than it was when the log was read.
      const end = Math.max(0, rows.length === 0 ? stop - stride : stop)
      const shorter = { ...state, end, phase: { ...phase, stride: 2 * stride } }
      return stay({ ...shorter, ask: exactly(nextSpan(end, overlap, SMALLEST_CAP), true) })
    }
    if (isShort && start > 0 && stop - start < overlap) {
      const span = spanHolding(stop, overlap, SMALLEST_CAP, suspectedCap)
      return stay({
        ...state,
        phase: { ...phase, listEnd: { position: stop, id: rows.at(-1)?.id ?? null } },
        ask: exactly(span, true),
      })
    }
    if (!isShort) return walkOn(asCut(state, suspectedCap), view, false)
  }
  const listEnd = phase.listEnd?.position ?? stop
  // The list may have moved by as many rows since.
  const isLast = phase.listEnd === null || rows.some(({ id }) => id === phase.listEnd?.id)
  const shared = Math.max(1, Math.min(overlap, listEnd - start))
  const match = matchPage(view, state, shared)
  if (match.kind !== 'joined' || match.fresh.length > 0 || stop !== listEnd || !isLast)
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
