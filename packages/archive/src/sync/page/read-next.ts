import { type ProviderCapabilities, UpstreamError, WaybillError } from '@waybill/core'
import type { MessagePage, MessagesQuery } from '@waybill/engine'
import type { Step } from '../step/step.js'
import { MOST_BARREN } from './constants.js'

/** Something that is read page by page, and goes on where its last page ended. */
export interface Resumable {
  /** Where the engine goes on; null at the beginning. */
  readonly cursor: string | null
}

/**
 * Reads the next page. Where the cursor is refused, after an upgrade for one, it begins anew.
 *
 * @param state where to go on
 * @param anew where to begin then
 * @param keep commits that, for a refusal that cannot be told from a failure
 * @throws what the reading failed with
 */
export async function readNext<State extends Resumable>(
  step: Step,
  query: MessagesQuery,
  state: State,
  restarted: () => State,
  keep: (state: State) => Promise<unknown>,
): Promise<{ readonly page: MessagePage; readonly state: State }> {
  try {
    return { page: await step.read({ ...query, after: state.cursor }), state }
  } catch (error) {
    if (state.cursor === null || !(error instanceof WaybillError)) throw error
    const isSuspect = mayBeRefusedCursor(error, step.source.provider.capabilities)
    if (error.code !== 'INVALID_CURSOR' && !isSuspect) throw error
    const begun = restarted()
    step.emit({ kind: 'restarted', source: step.source.id, reason: error.message })
    if (isSuspect) {
      await keep(begun)
      throw error
    }
    return { page: await step.read({ ...query, after: null }), state: begun }
  }
}

/** Whether a page brought nothing and went no further, as where the rows of a place keep changing their order. */
export function isStuck({ cursor }: Resumable, { edges, pageInfo }: MessagePage): boolean {
  return edges.length === 0 && pageInfo.hasNextPage && (pageInfo.endCursor ?? cursor) === cursor
}

/**
 * How many requests in a row brought no row, whether it can be read or not, after one page more.
 *
 * @param before how many did before that page
 */
export function barrenAfter(before: number, { edges, rejected, reports }: MessagePage): number {
  if (edges.length > 0 || rejected.length > 0) return 0
  const requests = reports.reduce((sum, { upstreamRequests }) => sum + upstreamRequests, 0)
  // A page that was kept costs nothing, and is still another one without rows.
  return before + Math.max(1, requests)
}

/**
 * What has been read so far has to be committed before: a retry goes on behind it.
 *
 * @throws UpstreamError UPSTREAM_INVALID_RESPONSE when too many requests in a row brought no row
 */
export function refuseBarren({ source: { id } }: Step, barren: number): void {
  if (barren < MOST_BARREN) return
  throw new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    `Source "${id}" reports further messages again and again, but the last ${MOST_BARREN} requests or more returned none. Waybill continues slowly. Ask the operator of the upstream why its list has no end.`,
    { source: id },
  )
}

/**
 * Whether a stored cursor may be what an upstream with cursors of its own rejects. It does not say so: what is read anew then
 * has to wait as after any failure, or a source that rejects everything would be asked without end.
 */
function mayBeRefusedCursor({ code }: WaybillError, { paging }: ProviderCapabilities): boolean {
  return paging.kind === 'cursor' && code === 'UPSTREAM_REJECTED'
}
