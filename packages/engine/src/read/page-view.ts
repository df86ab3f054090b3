import type { Message } from '@waybill/core'
import type { FetchedPage } from '../fetch/fetched-page.js'
import { type PageSpan, startOf } from './page-span.js'

/** No server is taken to cut pages to fewer rows than this. */
export const SMALLEST_CAP = 10

/** What follows a page: nothing, something, or it cannot be told from this page alone. */
export type Verdict = 'end' | 'more' | 'unsure'

/** A fetched page, with what was really served in place of what was asked for. */
export interface PageView {
  readonly rows: readonly Message[]
  /** Position of the first row in the whole list, counted from 0. */
  readonly start: number
  /** The largest page that the server serves, as far as this page tells. */
  readonly cap: number
  readonly verdict: Verdict
  readonly total: number | null
  /** The page as it was asked for. */
  readonly requested: PageSpan
  readonly parameters: readonly string[]
}

/**
 * A server may serve less than was asked for without a word, and its count is taken before its rows. So a page ends the
 * list when it is shorter than the size that the server says it served, or too small to be cut; any other short page
 * cannot be told from one that was cut to a lower limit, and then lies elsewhere than it seems. A total does not tell
 * the end either: a row that arrives after the count may be the one that was cut off. But where it tells of more rows,
 * the size that the server says may be the one that it was asked for.
 */
export function viewPage(requested: PageSpan, cap: number, { result }: FetchedPage): PageView {
  const { messages: rows, parameters } = result
  const total = result.page?.total ?? null
  const judged = judge(requested, rows.length, result.page?.pageSize ?? null)
  const { size } = judged
  const start = startOf({ number: requested.number, size })
  const isContradicted =
    judged.verdict === 'end' && rows.length >= SMALLEST_CAP && start + rows.length < (total ?? 0)
  const verdict = isContradicted ? 'unsure' : judged.verdict
  const lowered = size < requested.size ? Math.min(cap, size) : cap
  return { rows, start, cap: lowered, verdict, total, requested, parameters }
}

function judge(
  asked: PageSpan,
  count: number,
  told: number | null,
): { readonly size: number; readonly verdict: Verdict } {
  if (told !== null && told > 0) {
    const size = Math.max(told, count)
    return { size, verdict: count < size ? 'end' : 'more' }
  }
  if (count >= asked.size) return { size: count, verdict: 'more' }
  const whole = asked.number === 1 && count === 0
  const uncut = count > 0 && count < SMALLEST_CAP
  return { size: asked.size, verdict: whole || uncut || asked.size <= SMALLEST_CAP ? 'end' : 'unsure' }
}
