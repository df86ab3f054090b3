/** A defect that is planted in the engine, to see that the model notices. */
export interface Mutant {
  readonly name: string
  readonly what: string
  /** Below `src`. */
  readonly file: string
  /** Stands there exactly once. */
  readonly find: string
  readonly replace: string
  /** The faults by which the model may notice. */
  readonly noticed: RegExp
}

const LOST_OR_REPEATED = /^s\d (lost|repeated) /

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'position-cursor',
    what: 'a cursor is a position in the list',
    file: 'read/page-walk.ts',
    find: 'const { rows, start, verdict } = view\n',
    replace: `const { rows, start, verdict } = view
    const fresh = [...rows.keys()].filter((at) => start + at >= this.#end)
    const end = start + rows.length
    if (end >= 0) return { admission: { kind: 'joined', fresh, end, beyond: 0 }, doubtful: false }
`,
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'trusted-page-size',
    what: 'a page is taken to be as large as it was asked for',
    file: 'read/page-view.ts',
    find: 'if (told !== null && told > 0) {',
    replace: `if (count <= asked.size) return { size: asked.size, verdict: count < asked.size ? 'end' : 'more' }
  if (told !== null && told > 0) {`,
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'dropped-anchor',
    what: 'a page counts although it does not share enough rows with the one before',
    file: 'read/admit.ts',
    find: 'if (anchor.index > latest && start > 0)',
    replace: 'if (anchor.index > latest && start < 0)',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'apart-is-the-end',
    what: 'a page without a known row ends the list',
    file: 'read/page-walk.ts',
    find: 'const probe = locator.next({',
    replace: `this.#ended = true
    if (view.rows.length >= 0) return null
    const probe = locator.next({`,
    noticed: /^s\d lost /,
  },
  {
    name: 'merge-past-what-is-shown',
    what: 'a cursor stands behind rows that were fetched and not shown',
    file: 'read/page-reader.ts',
    find: `  bookmark(): number {
    return this.#next`,
    replace: `  bookmark(): number {
    return this.#walk.chain.length`,
    noticed: /^s\d lost /,
  },
  {
    name: 'cursor-of-the-page',
    what: 'every row of a cursor source has the cursor of the last one fetched',
    file: 'read/cursor-reader.ts',
    find: 'const row = this.#rows[bookmark - 1]',
    replace: 'const row = bookmark === 0 ? undefined : this.#rows.at(-1)',
    noticed: /^s\d lost /,
  },
  {
    name: 'open-tie-group',
    what: 'a page may begin inside a group of equal times',
    file: 'read/chain.ts',
    find: 'while (start > 0 && this.#isTie(start - 1, count - 1)) start -= 1',
    replace: '',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'short-trail',
    what: 'a cursor remembers a single row',
    file: 'read/chain.ts',
    find: 'return this.#rows.slice(start, count).map((row) => row.id)',
    replace: 'return this.#rows.slice(Math.max(start, count - 1), count).map((row) => row.id)',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'forgotten-followers',
    what: 'a cursor forgets the rows that follow it',
    file: 'read/chain.ts',
    find: 'return this.#rows.slice(count, end).map((row) => row.id)',
    replace: 'return this.#rows.slice(end).map((row) => row.id)',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'stale-pages',
    what: 'a traversal is served from pages that came before it began',
    file: 'fetch/page-store.ts',
    find: 'if (page === undefined || page.answeredAt <= reading.begunAt) return null',
    replace: 'if (page === undefined) return null',
    noticed: /^s\d (lost|repeated) |does not end/,
  },
  {
    name: 'skew-forgotten',
    what: 'a range is cut as if rows were sorted by their times',
    file: 'read/order.ts',
    find: 'this.#slack = 2 * maxSkewMs',
    replace: 'this.#slack = 0 * maxSkewMs',
    noticed: /^s\d lost /,
  },
  {
    name: 'late-start-of-a-range',
    what: 'a range is begun on a page that begins inside it',
    file: 'read/range-search.ts',
    find: 'if (number > 1 && (first === undefined || !this.#order.isBefore(first.sentAt))) this.#fall(number)',
    replace: 'if (number > 1 && first === undefined) this.#fall(number)',
    noticed: /^s\d lost /,
  },
  {
    name: 'window-by-time',
    what: 'the place in a window is a time without an id',
    file: 'read/window-reader.ts',
    find: 'return a.sentAt - b.sentAt || compareIds(a.upstreamId, b.upstreamId)',
    replace: 'return a.sentAt - b.sentAt || 0 * compareIds(a.upstreamId, b.upstreamId)',
    noticed: LOST_OR_REPEATED,
  },
  {
    name: 'failed-source-returns',
    what: 'a source that failed comes back on the next page',
    file: 'answer/source-run.ts',
    find: "if (this.#failure !== null) return { kind: 'failed', code: this.#failure.code }",
    replace: '',
    noticed: /came back$/,
  },
  {
    name: 'budget-ignored',
    what: 'an answer sends more requests than it may',
    file: 'fetch/budget.ts',
    find: 'return this.#spent >= this.#limit',
    replace: 'return this.#spent >= 2 * this.#limit',
    noticed: /^spent /,
  },
  {
    name: 'paused-source-overtaken',
    what: 'rows of other sources overtake one whose budget is spent',
    file: 'answer/merge.ts',
    find: 'if (paused.size > 0) return { rows, hasNextPage: true, paused }',
    replace: '',
    noticed: /lost|mismerged/,
  },
]
