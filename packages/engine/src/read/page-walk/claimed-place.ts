import type { PageReport } from '@waybill/core'
import { type PageSpan, startOf } from './span.js'

/**
 * Whether a page says itself that it is another one than the one that was asked for: by its number, or by the rows of the
 * list that it holds. A server may answer a number behind the last page with the last page: where nothing follows on an
 * earlier page, that is right.
 *
 * @param count how many rows came
 */
export function isAnotherPage(requested: PageSpan, count: number, report: PageReport): boolean {
  const { number = null } = report
  if (number !== null && number > requested.number) return true
  const isEarlier = number !== null && number < requested.number
  if (isEarlier && isFollowed(report, stopOfNumber(report, requested, number))) return true
  const span = plausibleSpan(requested, count, report)
  if (span === null || startsWhereItMay(span.from, number ?? requested.number, requested, count, report))
    return false
  return span.from > startOf(requested) + 1 || isFollowed(report, span.to)
}

/** Whether figures show rows behind the first `stop` rows of the list, or of a page behind this one. */
function isFollowed(report: PageReport, stop: number): boolean {
  const { number = null, total, lastPage, hasNextPage = null } = report
  const isBeforeLast = number !== null && lastPage !== null && lastPage > number
  return isBeforeLast || hasNextPage === true || (total !== null && total > stop)
}

function stopOfNumber({ pageSize }: PageReport, { size }: PageSpan, number: number): number {
  return number * Math.max(pageSize ?? 0, size)
}

/** The largest page that may have been served. */
function largestSize({ size }: PageSpan, count: number, { pageSize }: PageReport): number {
  return Math.max(size, count, pageSize ?? 0)
}

/** The rows that a page says it holds; null where `from` and `to` mean something else, such as the times of a filter. */
function plausibleSpan(
  requested: PageSpan,
  count: number,
  report: PageReport,
): NonNullable<PageReport['span']> | null {
  const { span = null } = report
  const isPlausible =
    span !== null && count > 0 && span.to - span.from < largestSize(requested, count, report)
  return isPlausible ? span : null
}

/** Whether pages of one size that is served bring this number to this row, counted from 1, or as some do from 0. */
function startsWhereItMay(
  from: number,
  number: number,
  requested: PageSpan,
  count: number,
  report: PageReport,
): boolean {
  return [from - 1, from].some((start) => {
    if (number <= 1) return start === 0
    const size = start / (number - 1)
    return Number.isInteger(size) && size >= count && size <= largestSize(requested, count, report)
  })
}
