import type { Message } from '@waybill/core'
import type { FetchedPage } from '../fetch/fetched-page.js'
import { type PageSpan, startOf } from './page-span.js'

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
 * list only when it is shorter than the size that the server says it served, or shorter than asked and at the end of
 * the count; without either it cannot be told from a page that was cut to a lower limit.
 */
export function viewPage(requested: PageSpan, cap: number, { result }: FetchedPage): PageView {
  const { messages: rows, parameters } = result
  const total = result.page?.total ?? null
  const { size, verdict } = judge(requested, rows.length, total, result.page?.pageSize ?? null)
  const start = startOf({ number: requested.number, size })
  const lowered = size < requested.size ? Math.min(cap, size) : cap
  return { rows, start, cap: lowered, verdict, total, requested, parameters }
}

function judge(
  asked: PageSpan,
  count: number,
  total: number | null,
  told: number | null,
): { readonly size: number; readonly verdict: Verdict } {
  if (told !== null && told > 0) {
    const size = Math.max(told, count)
    return { size, verdict: count < size ? 'end' : 'more' }
  }
  if (count >= asked.size) return { size: count, verdict: 'more' }
  if (count === 0) return { size: asked.size, verdict: asked.number === 1 ? 'end' : 'unsure' }
  if (total === null) return { size: asked.size, verdict: 'unsure' }
  const ends = startOf(asked) + count >= total
  return { size: ends ? asked.size : count, verdict: ends ? 'end' : 'more' }
}
