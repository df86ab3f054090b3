import { setTimeout as wait } from 'node:timers/promises'
import { UpstreamError, WaybillError } from '@waybill/core'
import type { Engine, MessagePage, MessagesQuery } from '@waybill/engine'

/** The most messages that the engine yields at once. */
const PAGE_SIZE = 500

/** How often in a row the same page is asked for again. */
const MOST_RETRIES = 5
const LONGEST_WAIT_MS = 60_000

export type PagesQuery = Omit<MessagesQuery, 'first' | 'totalCount' | 'signal'> & {
  readonly signal: AbortSignal
  /** Whether to ask with the first page how many messages match. */
  readonly countFirst: boolean
}

/**
 * All pages of a query from a cursor on. What may pass by itself is waited for and tried again a few times, so that
 * long work outlives a restart or a rate limit.
 * @param onRetry told of the error and of the wait before each such try
 */
export async function* readPages(
  engine: Engine,
  { countFirst, after = null, ...query }: PagesQuery,
  onRetry: (error: WaybillError, waitMs: number) => void,
): AsyncGenerator<MessagePage> {
  let cursor: string | null = after
  let totalCount = countFirst
  do {
    const wanted = { ...query, first: PAGE_SIZE, after: cursor, totalCount }
    const page = await patiently(() => engine.messages(wanted), query.signal, onRetry)
    yield page
    totalCount = false
    cursor = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (cursor !== null)
}

async function patiently<Value>(
  read: () => Promise<Value>,
  signal: AbortSignal,
  onRetry: (error: WaybillError, waitMs: number) => void,
): Promise<Value> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof WaybillError) || !error.isRetryable || retries === MOST_RETRIES) throw error
      const waitMs = waitBefore(error, retries)
      onRetry(error, waitMs)
      await wait(waitMs, undefined, { signal })
    }
  }
}

function waitBefore(error: WaybillError, retries: number): number {
  const asked = error instanceof UpstreamError ? (error.retryAfterSeconds ?? 0) : 0
  return Math.min(Math.max(asked * 1000, 1000 * 2 ** retries), LONGEST_WAIT_MS)
}
