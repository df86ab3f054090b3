import { SMALLEST_CAP } from './constants.js'
import { overlapAt, tiesAt } from './log.js'
import { matchPage, unknownRows } from './match.js'
import { type PageRow, type PageView, showsNews } from './page.js'
import { passOver, saysMore } from './skip-hidden-rows.js'
import { nextSpan, spanHolding } from './span.js'
import { askNext, endWalk, exactly, note, type Phase, type WalkState } from './state.js'
import { type Progress, stay } from './accept-rows.js'
import { walkOn } from './next-page.js'

/**
 * Whether the log holds the list's last rows. A page too small to be cut shows where the list ends. A row of the last
 * ones' time may stand above that page: unless it begins far enough up, a larger one has to show that no such row follows.
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
    const hasNews = showsNews(view, unknownRows(rows, state) ?? [])
    if (isShort && saysMore(view) && !hasNews)
      return passOver(state, { name: 'passing', upTo: state.end, pages: 0 }, view)
    if (isShort && stop < state.end) {
      // The list became shorter than it was when the log was read.
      const end = Math.max(0, rows.length === 0 ? stop - stride : stop)
      // Or it passes over the size of pages, and a smaller first page shows it.
      if (rows.length === 0 && stride === 1 && state.end <= state.served) {
        const first = { number: 1, size: SMALLEST_CAP - 1 }
        return stay({ ...state, phase: { ...phase, stride: 2 }, ask: exactly(first, true) })
      }
      const shorter = { ...state, end, phase: { ...phase, stride: 2 * stride } }
      return stay({ ...shorter, ask: exactly(nextSpan(end, overlap, SMALLEST_CAP), true) })
    }
    if (isShort && start > 0 && stop - start < overlap) {
      // Should the server cut this one, it will not end where the list does.
      const span = spanHolding(stop, overlap, SMALLEST_CAP, state.cap)
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
  const isLast = phase.listEnd === null || isShown(phase.listEnd.id, rows)
  const shared = Math.max(1, Math.min(overlap, listEnd - start))
  const match = matchPage(view, state, shared)
  if (match.kind !== 'joined' || match.fresh.length > 0 || stop !== listEnd || !isLast)
    return walkOn(asCut(state, suspectedCap), view, false)
  // More rows may share the last time than a page that was not cut can show together with the row before them.
  const isTied = start > 0 && tiesAt(state.log, state.log.rows.length) >= shared
  const noted = match.isUnsure ? note(state, 'PLACE_LOST') : state
  return stay(endWalk(isTied ? note(noted, 'TIES_UNPROVEN') : noted))
}

/** Whether a page shows the row that was the list's last one. A row without an id is known by its place alone. */
function isShown(lastId: string | null, rows: readonly PageRow[]): boolean {
  return lastId === null ? rows.at(-1)?.id === null : rows.some(({ id }) => id === lastId)
}

/** Goes on as if the short page had been cut. */
function asCut(state: WalkState, suspectedCap: number): WalkState {
  return { ...state, cap: Math.min(state.cap, suspectedCap), phase: { name: 'walking' } }
}

/**
 * Whether a list ends with its first page, or the server cuts every page to so few rows. If there are others on a second
 * page of that size, and no more on the first one even now, the server serves pages of that size and no others.
 */
export function probeSize(
  state: WalkState,
  { size }: Extract<Phase, { name: 'probing' }>,
  view: PageView,
): Progress {
  // The page that brought the last row was just looked at again.
  const walking = { ...state, phase: { name: 'walking' } as const, lastRow: null }
  if (view.requested.number === 1) {
    return view.rows.length === size
      ? stay(askNext({ ...walking, isSizeFixed: true, served: size }))
      : walkOn(walking, view, false)
  }
  const read = new Set(state.log.rows.map(({ id }) => id))
  const isNews = view.rows.some(({ id }) => id === null || !read.has(id))
  if (!isNews) return stay(endWalk(state))
  return stay({ ...state, ask: exactly({ number: 1, size: state.cap }, true) })
}
