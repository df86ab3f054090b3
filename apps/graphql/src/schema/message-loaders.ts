import { type MessageDetail, WaybillError } from '@waybill/core'
import type { Engine, SourcedMessage } from '@waybill/engine'
import type { MessageKey } from '@waybill/runtime'
import DataLoader from 'dataloader'
import type { MessageNode } from './message.js'

/** Which message's detail, and what the request for it is charged to. */
export interface DetailKey extends MessageKey {
  readonly budget?: RequestBudget | undefined
}

/** Reads single messages for one operation: each asked for once, however often it is selected. */
export interface MessageLoaders {
  message(key: MessageKey): Promise<SourcedMessage | null>
  detail(key: DetailKey): Promise<MessageDetail | null>
}

/** How many requests for single messages one operation has under way at once. */
const CONCURRENCY = 8

export function createMessageLoaders(engine: Engine, signal: AbortSignal): MessageLoaders {
  const messages = createLoader<MessageKey, MessageNode | null>(async ({ source, upstreamId }) => {
    const message = await engine.message(source, upstreamId, signal)
    return message === null ? null : { source, message }
  })
  const details = createLoader<DetailKey, MessageDetail | null>(({ source, upstreamId, budget }) => {
    if (budget !== undefined && !budget.take()) throw budgetSpent()
    return engine.detail(source, upstreamId, signal)
  })
  return { message: (key) => messages.load(key), detail: (key) => details.load(key) }
}

function createLoader<Key extends MessageKey, Value>(
  read: (key: Key) => Promise<Value>,
): DataLoader<Key, Value, string> {
  return new DataLoader((keys) => mapConcurrently(keys, CONCURRENCY, read), {
    cacheKeyFn: ({ source, upstreamId }) => JSON.stringify([source, upstreamId]),
  })
}

function budgetSpent(): WaybillError {
  return new WaybillError(
    'QUERY_TOO_EXPENSIVE',
    'maxUpstreamRequests is spent. Raise it, or select `detail` of fewer messages.',
  )
}

/** Upstream requests that an answer may still make. */
export interface RequestBudget {
  /** Takes one request out; false when none is left. */
  take(): boolean
}

export function createRequestBudget(requests: number): RequestBudget {
  let left = requests
  return {
    take: () => {
      left -= 1
      return left >= 0
    },
  }
}

/**
 * Applies an asynchronous function to every item, at most `limit` at once.
 * @returns what came of each, in the items' order: its value, or the error that it failed with.
 */
export async function mapConcurrently<Item, Value>(
  items: readonly Item[],
  limit: number,
  apply: (item: Item) => Promise<Value>,
): Promise<(Value | Error)[]> {
  const outcomes: (Value | Error)[] = []
  const queue = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) outcomes[index] = await attempt(() => apply(item))
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return outcomes
}

async function attempt<Value>(action: () => Promise<Value>): Promise<Value | Error> {
  try {
    return await action()
  } catch (error) {
    return error instanceof Error ? error : new Error('A failure that is not an Error', { cause: error })
  }
}
