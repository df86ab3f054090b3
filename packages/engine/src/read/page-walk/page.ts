import type { ListResult, Message, RejectedRow } from '@waybill/core'
import { isAnotherPage } from './claimed-place.js'
import { SMALLEST_CAP } from './constants.js'
import { type PageSpan, startOf } from './span.js'

/** A row of a page. One that cannot be read holds its place in the list all the same. */
export interface PageRow {
  /** Null where it cannot be read: such a row cannot be recognized on another page. */
  readonly id: string | null
  /** Milliseconds since the epoch; null where it cannot be read. */
  readonly sentAt: number | null
  readonly message: Message | null
}

/** What follows a page: nothing, something, or it cannot be known from this page alone. */
export type Verdict = 'end' | 'more' | 'unsure'

/** A page that came, with what was really served in place of what was asked for. */
export interface PageView {
  readonly rows: readonly PageRow[]
  readonly rejected: readonly RejectedRow[]
  /** Whether it came before another page that was read since: rows may have vanished that it still has. */
  readonly isStale: boolean
  /** The page as it was asked for. */
  readonly requested: PageSpan
  /** Position of the first row in the whole list, counted from 0. */
  readonly start: number
  /** The largest page that the server serves, as far as this page shows. */
  readonly cap: number
  /** Whether the position of its first row is certain: the size is, by which the pages before it are counted. */
  readonly isPlaced: boolean
  /** How many rows the server serves on such a page, as far as is known. */
  readonly size: number
  /** Whether it is known how large it is: the server said so, or serves one size only. */
  readonly isSized: boolean
  /** Whether no figure came beside the rows. */
  readonly isBare: boolean
  /** Whether it holds more rows than the server says that its pages do. */
  readonly isSizeFalse: boolean
  /** Whether it says itself that it is another page than the one that was asked for. */
  readonly isAnother: boolean
  readonly verdict: Verdict
  /** How many rows match in all, as the source says; null where it does not. */
  readonly total: number | null
  /** What the source's figures say of the place behind the last row, against what came; `disagree`: with each other. */
  readonly figures: 'agree' | 'more' | 'fewer' | 'disagree'
}

/**
 * A server may serve less than was asked for without a word, and it counts before it selects. So a page ends the list
 * when it is shorter than the size that the server says it served, or too small to be cut, and no figure says that more
 * follows. Any other short page cannot be told from one that was cut to a lower limit, or that lacks rows which the
 * server left out after it had cut the page.
 *
 * @param cap the largest page that the server is known to serve
 * @param isSizeTrue whether the size that the server says it served is to be believed
 * @param fixedSize the only size that the server serves; null where it heeds the one that is asked for
 */
export function viewPage(
  requested: PageSpan,
  cap: number,
  isSizeTrue: boolean,
  fixedSize: number | null,
  result: ListResult,
): PageView {
  const rejected = result.rejected ?? []
  const rows = rowsOf(result.messages, rejected)
  const { total = null, pageSize, lastPage = null, hasNextPage = null } = result.page ?? {}
  // A size that repeats the requested one, beside no other figure, may come from a server that does not know its own limit.
  const isEcho = pageSize === requested.size && total === null && lastPage === null && hasNextPage === null
  const told = isEcho ? 0 : (pageSize ?? 0)
  const isSizeFalse = told > 0 && rows.length > told
  // A size beyond the one that was asked for is not that of this page.
  const isSizeTold = told > 0 && told <= requested.size
  const known = fixedSize !== null && rows.length <= fixedSize ? fixedSize : null
  const served = isSizeTold && isSizeTrue && !isSizeFalse ? told : known
  const size = served ?? (rows.length >= requested.size ? rows.length : requested.size)
  const start = startOf({ number: requested.number, size })
  const stop = start + rows.length
  const isPlaced = served !== null || requested.number === 1
  const isMissing = rows.length === 0 && requested.number > 1 && (lastPage ?? 0) >= requested.number
  const goesOn = hasNextPage === true || (lastPage ?? 0) > requested.number || isMissing
  const isTotalReached = total !== null && total <= stop
  const saysMore = goesOn || (total !== null && total > stop)
  const isBehindLast = rows.length > 0 && (lastPage ?? 0) > 0 && requested.number > (lastPage ?? 0)
  const saysFewer = isBehindLast || (rows.length > 0 && total !== null && total < stop)
  const isShort = rows.length < size
  const isWhole = served !== null || isTooSmallToCut(requested, rows.length)
  return {
    rows,
    rejected,
    isStale: false,
    requested,
    start,
    cap: size < requested.size ? Math.min(cap, size) : cap,
    isPlaced,
    size,
    isSized: served !== null,
    isBare: total === null && told === 0 && lastPage === null && hasNextPage === null,
    isSizeFalse,
    isAnother: result.page !== undefined && isAnotherPage(requested, rows.length, result.page),
    verdict: !isShort ? 'more' : isWhole && !saysMore ? 'end' : 'unsure',
    total,
    figures:
      isPlaced && isTotalReached && goesOn
        ? 'disagree'
        : isShort && saysMore
          ? 'more'
          : saysFewer
            ? 'fewer'
            : 'agree',
  }
}

function isTooSmallToCut({ number, size }: PageSpan, count: number): boolean {
  return size <= SMALLEST_CAP || (count > 0 && count < SMALLEST_CAP) || (number === 1 && count === 0)
}

/** Whether any of these rows can be recognized: one without an id is met anew each time that its page is read. */
export function showsNews({ rows }: PageView, positions: readonly number[]): boolean {
  return positions.some((position) => rows[position]?.id !== null)
}

/** All rows of a page in the order of the list. */
function rowsOf(messages: readonly Message[], rejected: readonly RejectedRow[]): PageRow[] {
  const rows: PageRow[] = messages.map((message) => ({
    id: message.upstreamId,
    sentAt: message.sentAt,
    message,
  }))
  const known = new Set(rows.map(({ id }) => id))
  for (const { position, upstreamId } of rejected.toSorted((a, b) => a.position - b.position)) {
    // A second row of one id is no other message, and marks no place.
    const id = upstreamId === null || known.has(upstreamId) ? null : upstreamId
    known.add(id)
    rows.splice(position, 0, { id, sentAt: null, message: null })
  }
  return rows
}
