import type { Mutant } from './mutant.js'

const LOST_OR_REPEATED = /^s\d (lost|repeated) /
const OUT_OF_ORDER = /^s\d (disordered|repeated) /

/** Defects of reading a list that moves. */
export const MOVEMENT_MUTANTS: readonly Mutant[] = [
  {
    name: 'position-cursor',
    what: 'a cursor is a position in the list',
    file: 'read/page-walk/next-page.ts',
    find: `const match = matchPage(view, state, requiredOverlap(state, state.cap))
  const refusals`,
    replace: `const { start, rows } = view
  const fresh = [...rows.keys()].filter((at) => start + at >= state.end)
  const match = { kind: 'joined', fresh, end: start + rows.length, beyond: 0, isUnsure: false }
  const refusals`,
    by: 'honest',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'trusted-page-size',
    what: 'a page is taken to be as large as it was asked for',
    file: 'read/page-walk/page.ts',
    find: 'const served = isSizeTold && isSizeTrue && !isSizeFalse ? told : known',
    replace: 'const served: number | null = known ?? requested.size',
    by: 'honest',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'dropped-anchor',
    what: 'a page counts although it does not share enough rows with the one before',
    file: 'read/page-walk/match.ts',
    find: 'if (missing > 0 && start > 0)',
    replace: 'if (missing > 0 && start < 0)',
    by: 'honest',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'apart-is-the-end',
    what: 'a page without a known row ends the list',
    file: 'read/page-walk/next-page.ts',
    find: 'const lowered = lowerCap(state, view)\n',
    replace: `const lowered = lowerCap(state, view)
  if (rows.length >= 0) return stay(endWalk(state))
`,
    by: 'honest',
    noticed: /^s\d lost /,
  },
  {
    name: 'merge-past-what-is-shown',
    what: 'a cursor stands behind rows that were fetched and not shown',
    file: 'read/buffered-reader.ts',
    find: `bookmark(): number {
    return this.#next`,
    replace: `bookmark(): number {
    return this.rows.length`,
    by: 'honest',
    noticed: /^s\d lost /,
  },
  {
    name: 'cursor-of-the-page',
    what: 'every row of a cursor source has the cursor of the last one fetched',
    file: 'read/cursor-reader.ts',
    find: 'const row = this.rows[bookmark - 1]',
    replace: 'const row = bookmark === 0 ? undefined : this.rows.at(-1)',
    by: 'honest',
    noticed: /^s\d lost /,
  },
  {
    name: 'open-tie-group',
    what: 'a page may begin inside a group of equal times',
    file: 'read/page-walk/log.ts',
    find: 'const last = start\n',
    replace: `const last = start
  if (start >= 0) return count - start
`,
    by: 'honest',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'short-trail',
    what: 'a cursor remembers a single row',
    file: 'read/page-walk/log.ts',
    find: 'return rows.slice(start, count).map((row) => row.id)',
    replace: 'return rows.slice(Math.max(start, count - 1), count).map((row) => row.id)',
    by: 'honest',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'older-page-joined',
    what: 'by time of update, a page that was kept joins after a newer one',
    file: 'read/page-reader.ts',
    find: 'this.#requests.keepOrder(page, !state.order.followsTime)',
    replace: '',
    by: 'counterexamples',
    noticed: OUT_OF_ORDER,
  },
  {
    name: 'stale-pages',
    what: 'a traversal is served from pages that came before it began',
    file: 'fetch/page-store.ts',
    find: 'if (page === undefined || page.answeredAt <= reading.begunAt) return null',
    replace: 'if (page === undefined) return null',
    by: 'honest',
    noticed: /^s\d (lost|repeated|disordered|wrong) |does not end/,
  },
  {
    name: 'skew-forgotten',
    what: 'a range is cut as if rows were sorted by their times',
    file: 'read/page-walk/order.ts',
    find: 'slack: 2 * maxSkewMs',
    replace: 'slack: 0 * maxSkewMs',
    by: 'ranges',
    noticed: /^s\d (lost |said to be out of order)/,
  },
  {
    name: 'late-start-of-a-range',
    what: 'a range is begun on a page that begins inside it',
    file: 'read/page-walk/seek.ts',
    find: 'if (number > 1 && (first === null || !isBeforeSpan(order, first))) {',
    replace: 'if (number > 1 && first === null) {',
    by: 'ranges',
    noticed: /^s\d lost /,
  },
  {
    name: 'early-end-of-a-range',
    what: 'a range ends at the first row that lies behind it',
    file: 'read/page-walk/order.ts',
    find: 'return order.followsTime && rankOf(order, sentAt) - order.slack > order.last',
    replace: 'return order.followsTime && rankOf(order, sentAt) > order.last',
    by: 'ranges',
    noticed: /^s\d lost /,
  },
  {
    name: 'window-by-time',
    what: 'the place in a window is a time without an id',
    file: 'read/window-reader.ts',
    find: 'return a.sentAt - b.sentAt || compareIds(a.upstreamId, b.upstreamId)',
    replace: 'return a.sentAt - b.sentAt || 0 * compareIds(a.upstreamId, b.upstreamId)',
    by: 'honest',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'failed-source-returns',
    what: 'a source that failed comes back on the next page',
    file: 'answer/source-run.ts',
    find: "if (this.#failure !== null) return { kind: 'failed', code: this.#failure.code }",
    replace: '',
    by: 'honest',
    noticed: /came back$/,
  },
  {
    name: 'budget-ignored',
    what: 'an answer sends more requests than it may',
    file: 'fetch/budget.ts',
    find: 'return this.#spent >= this.#limit',
    replace: 'return this.#spent >= 2 * this.#limit',
    by: 'honest',
    noticed: /^spent /,
  },
  {
    name: 'paused-source-overtaken',
    what: 'rows of other sources overtake one whose budget is spent',
    file: 'answer/merge.ts',
    find: "if (heads.includes('paused')) return { rows, hasNextPage: true, paused: pausedRuns(runs, heads) }",
    replace: '',
    by: 'honest',
    noticed: /lost|mismerged/,
  },
]
