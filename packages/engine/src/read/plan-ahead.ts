import { nextSpan, type PageSpan, stopOf } from './page-span.js'

/** Most pages that are fetched side by side before it is known what the first of them brings. */
const MAX_AHEAD = 4

/**
 * The pages that bring the next `wanted` rows after `end`, if the table stays as it is: they do not depend on each
 * other's content, so they can be fetched side by side.
 */
export function planAhead(
  end: number,
  wanted: number,
  total: number,
  overlap: number,
  cap: number,
): PageSpan[] {
  const spans: PageSpan[] = []
  const goal = Math.min(end + wanted, total)
  for (let reached = end; reached < goal && spans.length < MAX_AHEAD;) {
    const span = nextSpan(reached, overlap, cap)
    spans.push(span)
    reached = stopOf(span)
  }
  return spans
}
