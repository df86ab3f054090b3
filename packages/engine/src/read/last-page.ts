import type { SourceWarning } from '@waybill/core'
import { admit } from './admit.js'
import type { Chain } from './chain.js'
import { DOUBTS } from './doubts.js'
import type { PageRequests } from './page-requests.js'
import { nextSpan, type PageSpan, spanFrom, stopOf } from './page-span.js'
import { type PageView, SMALLEST_CAP } from './page-view.js'

/** A list that shrinks by more than about twice as many rows while its end is looked for is not followed. */
const LONGEST_STEP = 2 ** 16

/** A chain whose last page was short, as the last page of a list is, or one that was cut. */
export interface OpenEnd {
  readonly chain: Chain
  /** Ids of rows that are known to follow the chain. */
  readonly ahead: readonly string[]
  /** Where the chain ended in the list when it was last seen. */
  readonly end: number
  /** How many rows a page has to share with the chain's end. */
  readonly overlap: number
  /** The size that the server serves, if the page was cut. */
  readonly cap: number
}

/** Whether a list ends where a chain does. */
export interface Ending {
  /** Whether certainly nothing follows on the chain. */
  readonly isLast: boolean
  /** Where the chain ends now. */
  readonly end: number
  /** Why rows may be missing all the same; null when none can be. */
  readonly doubt: SourceWarning | null
}

/**
 * Whether a chain holds the list's last rows. A page too small to be cut tells where the list ends. A row of the last
 * ones' time may stand above that page: unless it begins far enough up, a larger one has to show that there is none.
 */
export async function seekLast(pages: PageRequests, open: OpenEnd): Promise<Ending> {
  let { end } = open
  for (let step = 1; step <= LONGEST_STEP; step *= 2) {
    const page = await pages.look(nextSpan(end, open.overlap, SMALLEST_CAP))
    const stop = endOf(page)
    if (stop === 0) return { isLast: true, end, doubt: null }
    if (page.rows.length === page.requested.size) break
    if (stop >= end) return proveLast(pages, open, page)
    // The list became shorter than it was when the chain was read.
    end = Math.max(0, page.rows.length === 0 ? stop - step : stop)
  }
  return { isLast: false, end, doubt: null }
}

/** @param tail a page that holds the last rows of the list */
async function proveLast(pages: PageRequests, open: OpenEnd, tail: PageView): Promise<Ending> {
  const { chain, ahead, overlap, cap } = open
  const end = endOf(tail)
  const page = begins(tail, end, overlap) ? tail : await pages.look(holding(end, overlap, cap))
  const shared = Math.max(1, Math.min(overlap, end - page.start))
  const demand = { overlap: shared, blind: chain.blindStart, certain: true }
  const admission = admit(page.rows, page.start, chain, demand, ahead)
  const isLast = admission.kind === 'joined' && admission.fresh.length === 0 && endOf(page) === end
  if (!isLast) return { isLast, end, doubt: null }
  // More rows share the last time than a page that was not cut can show together with the row before them.
  const isTied = page.start > 0 && chain.tiesAt(chain.length) >= shared
  const unproven = admission.unsure ? DOUBTS.unproven : null
  return { isLast, end, doubt: isTied ? DOUBTS.ties : unproven }
}

/** Whether a page begins far enough above the end of the list. */
function begins({ start }: PageView, end: number, overlap: number): boolean {
  return start === 0 || end - start >= overlap
}

/** A page that holds the last rows, as many as are wanted where any can: one too small to be cut where that can. */
function holding(end: number, overlap: number, cap: number): PageSpan {
  const wanted = [SMALLEST_CAP, cap].map((size) => spanFrom(end - overlap, size))
  return wanted.find((span) => stopOf(span) >= end) ?? nextSpan(end, overlap, cap)
}

function endOf({ start, rows }: PageView): number {
  return start + rows.length
}
