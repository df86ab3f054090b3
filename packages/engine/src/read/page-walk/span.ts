/** A page by number and size: the rows from `startOf` to `stopOf` (exclusive) of the list, counted from 0. */
export interface PageSpan {
  /** From 1. */
  readonly number: number
  readonly size: number
}

export function isSameSpan(a: PageSpan, b: PageSpan): boolean {
  return a.number === b.number && a.size === b.size
}

export function startOf({ number, size }: PageSpan): number {
  return (number - 1) * size
}

export function stopOf({ number, size }: PageSpan): number {
  return number * size
}

/**
 * The page that begins at `latestStart` or before and reaches furthest. A page begins at a multiple of its size, so a
 * slightly smaller page can begin where a full one cannot.
 */
export function spanFrom(latestStart: number, cap: number): PageSpan {
  const target = Math.max(0, latestStart)
  let best: PageSpan = { number: Math.floor(target / cap) + 1, size: cap }
  for (let size = cap - 1; size >= 1; size -= 1) {
    const span = { number: Math.floor(target / size) + 1, size }
    if (stopOf(span) > stopOf(best)) best = span
  }
  return best
}

/** The largest page that begins exactly at `start`. */
export function spanAt(start: number, cap: number): PageSpan {
  let size = cap
  while (start % size !== 0) size -= 1
  return { number: start / size + 1, size }
}

/** Whether a page reads on from `end`, and shares at least `overlap` rows with what was read. */
export function readsOn(span: PageSpan, end: number, overlap: number): boolean {
  return startOf(span) <= end - overlap && stopOf(span) > end
}

/**
 * The page that reads on from `end`, sharing at least `overlap` rows with what was read, or as many as a page that
 * still brings something new can share.
 */
export function nextSpan(end: number, overlap: number, cap: number): PageSpan {
  for (let shared = Math.min(overlap, end); shared > 0; shared -= 1) {
    const span = spanFrom(end - shared, cap)
    if (stopOf(span) > end) return span
  }
  return spanFrom(end, cap)
}

/** A page too small to be cut that shows the rows before `end`, or the page of size `cap` that does. */
export function spanHolding(end: number, overlap: number, small: number, cap: number): PageSpan {
  const fitting = [small, cap]
    .map((size) => spanFrom(end - overlap, size))
    .find((span) => stopOf(span) >= end)
  return fitting ?? nextSpan(end, overlap, cap)
}
