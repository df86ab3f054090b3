import { type MessageDetail, WaybillError } from '@waybill/core'
import type { Engine, MessageLookups, RequestAllowance, SourcedMessage } from '@waybill/engine'
import type { MessageKey } from '@waybill/archive'
import pLimit, { type LimitFunction } from 'p-limit'

/** Reads single messages for one operation: each is requested once, however often and wherever it is selected. */
export interface MessageLoaders {
  /** A message; null if the source does not have it. */
  message(key: MessageKey): Promise<SourcedMessage | null>
  /**
   * What only a request for a single message yields; null where there is no more.
   * @throws WaybillError QUERY_TOO_EXPENSIVE where the answer that the message belongs to may not cost another request.
   */
  detail(message: SourcedMessage): Promise<MessageDetail | null>
  /** Bounds the requests for details of an answer's messages, all of them together. */
  limitDetails(messages: readonly SourcedMessage[], requests: number): void
}

/** How many requests for single messages one operation has under way at once. */
const CONCURRENCY = 8

export function createMessageLoaders(
  engine: Engine,
  signal: AbortSignal,
  operation: RequestAllowance,
): MessageLoaders {
  // Most operations look nothing up.
  let lookingUp: { readonly lookups: MessageLookups; readonly queue: LimitFunction } | undefined
  const begin = (): NonNullable<typeof lookingUp> =>
    (lookingUp ??= { lookups: engine.lookups(signal, operation), queue: pLimit(CONCURRENCY) })
  const messages = new Map<string, Promise<SourcedMessage | null>>()
  const details = new Map<string, Promise<MessageDetail | null>>()
  const allowances = new WeakMap<SourcedMessage, Allowance>()

  function spendOn(message: SourcedMessage): void {
    const allowance = allowances.get(message)
    if (allowance === undefined) return
    if (begin().lookups.isRequested(message.source, message.message.upstreamId)) return
    if (allowance.requests <= 0) throw budgetSpent()
    allowance.requests -= 1
  }

  return {
    message: ({ source, upstreamId }) =>
      once(messages, JSON.stringify([source, upstreamId]), () => {
        const { lookups, queue } = begin()
        return queue(async () => {
          const message = await lookups.message(source, upstreamId)
          return message === null ? null : { source, message }
        })
      }),
    detail: async (message) => {
      const { source } = message
      const { upstreamId } = message.message
      return once(details, JSON.stringify([source, upstreamId]), () => {
        spendOn(message)
        const { lookups, queue } = begin()
        return queue(() => lookups.detail(source, upstreamId))
      })
    },
    limitDetails: (limited, requests) => {
      const allowance = { requests }
      for (const message of limited) allowances.set(message, allowance)
    },
  }
}

/** Requests that an answer may still cost. */
interface Allowance {
  requests: number
}

/** The value under a key, made the first time that it is wanted. What cannot be made is tried again. */
export function once<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const known = values.get(key)
  if (known !== undefined) return known
  const value = make()
  values.set(key, value)
  return value
}

function budgetSpent(): WaybillError {
  return new WaybillError(
    'QUERY_TOO_EXPENSIVE',
    'maxUpstreamRequests is spent. Raise it, or select `detail` of fewer messages.',
  )
}
