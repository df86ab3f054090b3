import { type MessageDetail, WaybillError } from '@waybill/core'
import type { Engine, MessageLookups, RequestAllowance, SourcedMessage } from '@waybill/engine'
import type { MessageKey } from '@waybill/archive'
import DataLoader from 'dataloader'
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

/** The operation that messages are read for. */
export interface LoadingOperation {
  readonly signal: AbortSignal
  readonly allowance: RequestAllowance
  /** Ends the operation where it may not send so many requests for details; what it throws is thrown for each of them. */
  readonly allow: (requests: number) => void
}

/** How many requests for single messages one operation has under way at once. */
const CONCURRENCY = 8

export function createMessageLoaders(
  engine: Engine,
  { signal, allowance: operation, allow }: LoadingOperation,
): MessageLoaders {
  // Most operations look nothing up.
  let lookingUp: { readonly lookups: MessageLookups; readonly queue: LimitFunction } | undefined
  const begin = (): NonNullable<typeof lookingUp> =>
    (lookingUp ??= { lookups: engine.lookups(signal, operation), queue: pLimit(CONCURRENCY) })
  const messages = new Map<string, Promise<SourcedMessage | null>>()
  const budgets = new WeakMap<SourcedMessage, DetailBudget>()
  const requested = new Set<string>()
  /** Requests that were allowed and not answered yet. */
  let allowed = 0

  // All details of a list are wanted at the same time: whether they may be requested is decided for all of them.
  const details = new DataLoader<SourcedMessage, MessageDetail | null>(
    async (wanted) => {
      const plans = wanted.map(planOf)
      const requests = plans.filter((plan) => plan === 'request').length
      allow(allowed + requests)
      allowed += requests
      return Promise.all(wanted.map((message, index) => read(message, plans[index] ?? 'free')))
    },
    // Lookups remember what was requested.
    { cache: false },
  )

  function planOf(message: SourcedMessage): DetailPlan {
    const { source } = message
    const { upstreamId } = message.message
    const key = keyOf({ source, upstreamId })
    if (requested.has(key) || !begin().lookups.needsRequest(source, upstreamId)) return 'free'
    const budget = budgets.get(message)
    if (budget !== undefined && budget.requests <= 0) return 'refused'
    if (budget !== undefined) budget.requests -= 1
    requested.add(key)
    return 'request'
  }

  async function read(message: SourcedMessage, plan: DetailPlan): Promise<MessageDetail | null | Error> {
    if (plan === 'refused') return budgetSpent()
    const { lookups, queue } = begin()
    try {
      return await queue(() => lookups.detail(message.source, message.message.upstreamId))
    } catch (error) {
      return error as Error
    } finally {
      if (plan === 'request') allowed -= 1
    }
  }

  return {
    message: (key) =>
      once(messages, keyOf(key), () => {
        const { source, upstreamId } = key
        const { lookups, queue } = begin()
        return queue(async () => {
          const message = await lookups.message(source, upstreamId)
          return message === null ? null : { source, message }
        })
      }),
    detail: async (message) => details.load(message),
    limitDetails: (limited, requests) => {
      const budget = { requests }
      for (const message of limited) budgets.set(message, budget)
    },
  }
}

/** Whether a detail costs a request, costs none, or may not be requested. */
type DetailPlan = 'request' | 'free' | 'refused'

/** Requests that an answer may still cost. */
interface DetailBudget {
  requests: number
}

function keyOf({ source, upstreamId }: MessageKey): string {
  return JSON.stringify([source, upstreamId])
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
