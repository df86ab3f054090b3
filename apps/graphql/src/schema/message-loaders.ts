import { type MessageDetail, WaybillError } from '@waybill/core'
import type { Engine, SourcedMessage } from '@waybill/engine'
import DataLoader from 'dataloader'
import type { MessageKey } from '@waybill/runtime'
import { mapConcurrently } from './map-concurrently.js'
import type { MessageNode } from './message-node.js'
import type { RequestBudget } from './request-budget.js'

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
