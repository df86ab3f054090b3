import type { MessagePage } from '@waybill/engine'
import type { ServerLimits } from '@waybill/runtime'
import type { Caller } from '../../access/caller.js'
import type { OperationContext } from '../../schema/context.js'
import { readMessages } from '../../schema/messages-field.js'
import type { Exchange, ObservedOperation } from '../exchange.js'
import type { Admission } from '../limits/admission.js'
import { describeCost, spendCost } from '../limits/cost-budget.js'
import type { OperationGuard } from '../limits/operation-guard.js'
import type { Metrics } from '../metrics.js'
import type { BoundedContext, ContextOf } from '../operation-context.js'
import { inOperationSpan } from '../request-trace.js'
import { AnswerBytes } from './answer-bytes.js'
import { NotPlain } from './compile-selection.js'
import { createReadQuickRequest, type QuickRequest, type QuickRequestOptions } from './quick-request.js'

/** What became of a request: the bytes of its answer, or how far it came before it was left to Yoga. */
export type QuickAnswer =
  | { readonly body: Buffer }
  /** `begun` is null where nothing was begun. */
  | { readonly body: null; readonly begun: BoundedContext | null }

export interface QuickAnswersOptions extends QuickRequestOptions {
  readonly contextOf: ContextOf
  readonly admission: Admission
  readonly limits: ServerLimits
  readonly metrics: Metrics
}

/** Answers the body of a POST in JSON without Yoga, where it can. Never rejects. */
export type AnswerQuickly = (body: string, exchange: Exchange) => Promise<QuickAnswer>

/**
 * Answers what clients send most: a document that was found valid before, which asks for lists of messages. It has the same limits
 * and resolvers as any other, and every answer with an error is left to Yoga: what was read until then goes along.
 *
 * Equal requests of one caller share an operation until it begins to read. Each of them is charged, counted and logged.
 */
export function createQuickAnswers(options: QuickAnswersOptions): AnswerQuickly {
  const { contextOf, admission, limits, metrics } = options
  const readRequest = createReadQuickRequest(options)
  /** The operations that have not begun to read, by caller and request. */
  const waiting = new Map<string, WaitingPlace>()

  async function lead(request: QuickRequest, key: string, exchange: Exchange): Promise<QuickAnswer> {
    const context = contextOf({ exchange })
    const cost = request.cost(context.sources.size)
    const observed = charge(request, cost, exchange)
    if (observed === null) return LEFT
    const pages = new Map<string, Promise<MessagePage>>()
    const reading = inOperationSpan(observed, () =>
      context.guard.run(() => {
        // Requests that arrive later must not get what was read before.
        setImmediate(close)
        for (const { name, args, selection } of request.lists)
          pages.set(name, readMessages(args, context, selection))
        return Promise.all(pages.values())
      }),
    )
    const answer = writeAnswer(request, reading, context, limits.maxAnswerBytes)
    const place: WaitingPlace = {
      shared: { caller: exchange.caller, request, cost, guard: context.guard, answer },
    }
    waiting.set(key, place)
    const bytes = await answer
    close()
    // An answer that is too large, by itself or with others, is refused by the way that counts values.
    return bytes !== null && exchange.held.add(bytes.length)
      ? finish(bytes, cost, exchange)
      : { body: null, begun: { ...context, pages } }

    function close(): void {
      place.shared = null
      if (waiting.get(key) === place) waiting.delete(key)
    }
  }

  /** What failed for somebody else is tried again: a reason such as a limit may not hold here. */
  async function follow(
    { request, cost, guard, answer }: SharedOperation,
    exchange: Exchange,
  ): Promise<QuickAnswer> {
    const observed = charge(request, cost, exchange)
    if (observed === null) return LEFT
    exchange.upstream = NOTHING_SENT
    const stopWaiting = guard.join(exchange.signal)
    const bytes = await inOperationSpan(observed, () => answer)
    stopWaiting()
    return bytes !== null && exchange.held.add(bytes.length)
      ? finish(bytes, cost, exchange)
      : { body: null, begun: contextOf({ exchange }) }
  }

  /** Null where the caller may not spend so much. */
  function charge(
    { operation, hash }: QuickRequest,
    cost: number,
    exchange: Exchange,
  ): ObservedOperation | null {
    const observed = { name: operation.operation.name?.value, hash, cost }
    exchange.operation = observed
    return spendCost(cost, limits, admission.cost, exchange.callerKey) === null ? observed : null
  }

  function finish(bytes: AnswerBytes, cost: number, exchange: Exchange): QuickAnswer {
    metrics.operation({
      outcome: exchange.signal.aborted ? 'CLIENT_GONE' : 'OK',
      name: exchange.operation?.name,
      durationMs: performance.now() - exchange.startedAt,
    })
    return { body: bytes.with({ cost: describeCost(cost, limits, admission.cost, exchange.callerKey) }) }
  }

  return async (body, exchange) => {
    const key = `${exchange.callerKey}\n${body}`
    const shared = waiting.get(key)?.shared ?? null
    if (shared !== null && shared.caller === exchange.caller) return follow(shared, exchange)
    const request = readRequest(body)
    return request === null ? LEFT : lead(request, key, exchange)
  }
}

const LEFT: QuickAnswer = { body: null, begun: null }

const NOTHING_SENT = { spent: 0 }

/** An operation that others who send the same request may wait for. */
interface SharedOperation {
  readonly caller: Caller
  readonly request: QuickRequest
  readonly cost: number
  readonly guard: OperationGuard
  /** Null where Yoga has to answer. Never rejects. */
  readonly answer: Promise<AnswerBytes | null>
}

/**
 * Where an operation waits for others to join it. It is emptied when it is left: a map that entries come and go in has a new table
 * now and then, and the old ones keep what they had, a whole answer each, until the next full garbage collection.
 */
interface WaitingPlace {
  shared: SharedOperation | null
}

async function writeAnswer(
  { lists, operation }: QuickRequest,
  reading: Promise<readonly MessagePage[]>,
  context: OperationContext,
  maxBytes: number,
): Promise<AnswerBytes | null> {
  try {
    const pages = await reading
    const data: Record<string, unknown> = {}
    for (const [index, { name, write }] of lists.entries())
      data[name] = write(pages[index] as MessagePage, context)
    const text = JSON.stringify(data)
    return text.length * COUNTED_PER_CHARACTER > maxBytes ? null : new AnswerBytes(text)
  } catch (error) {
    if (error instanceof NotPlain) operation.giveUp()
    return null
  }
}

/** The bytes that are counted for a value are at most so many for each character that it has in the answer, its name among them. */
const COUNTED_PER_CHARACTER = 5
