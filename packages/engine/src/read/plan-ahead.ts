import { nextSpan, type PageSpan, stopOf } from './page-span.js'

/** Most pages that are fetched side by side before it is known what the first of them brings. */
const MAX_AHEAD = 4

/**
 * The pages that bring the rows up to `goal`, if the table stays as it is: they do not depend on each other's content,
 * so they can be fetched side by side.
 *
 * @param begun the first of them, one at least; others that were planned before may follow
 * @param overlap how many rows each shares with the one before it
 */
export function planAhead(
  begun: readonly PageSpan[],
  goal: number,
  overlap: number,
  cap: number,
): PageSpan[] {
  const spans = [...begun]
  for (let last = spans.at(-1); last !== undefined && spans.length < MAX_AHEAD; last = spans.at(-1)) {
    if (stopOf(last) >= goal) break
    spans.push(nextSpan(stopOf(last), overlap, cap))
  }
  return spans
}
