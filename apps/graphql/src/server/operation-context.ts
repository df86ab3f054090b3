import type { Archive } from '@waybill/archive'
import type { PhoneOptions } from '@waybill/core'
import type { ServerLimits } from '@waybill/runtime'
import type { ViewOf } from '../access/caller-view.js'
import { createArchiveLoaders } from '../schema/archive-loaders.js'
import type { OperationContext } from '../schema/context.js'
import { createMessageLoaders } from '../schema/message-loaders.js'
import type { Exchange } from './exchange.js'
import type { Admission } from './limits/admission.js'
import { createOperationGuard, type OperationGuard } from './limits/operation-guard.js'
import { UpstreamAllowance } from './limits/upstream-allowance.js'

/** What a GraphQL request carries from the HTTP server into Yoga. */
export interface RequestContext {
  readonly exchange: Exchange
  /** The operation as far as it came, where it was begun without Yoga. Its cost is counted. */
  readonly begun?: BoundedContext | undefined
}

/** What the resolvers of an operation share, and what bounds it. */
export interface BoundedContext extends OperationContext {
  readonly guard: OperationGuard
  readonly allowance: UpstreamAllowance
}

/** Makes the context of an operation; that of one that was begun goes on. */
export type ContextOf = (request: RequestContext) => BoundedContext

export interface ContextOptions {
  readonly viewOf: ViewOf
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly limits: ServerLimits
  /** Aborted when the server is closing: subscriptions end. */
  readonly closing: AbortSignal
}

export function createContextOf(
  { viewOf, archive, phones, limits, closing }: ContextOptions,
  admission: Admission,
): ContextOf {
  return ({ exchange, begun }) => {
    if (begun !== undefined) return begun
    const view = viewOf(exchange.caller)
    const { expiresAt } = exchange.caller
    const turn = admission.turnOf(exchange.callerKey)
    const guard = createOperationGuard({ limits, client: exchange.signal, turn, held: exchange.held })
    const { signal } = guard
    const allowance = new UpstreamAllowance({
      limit: limits.maxUpstreamRequests,
      caller: exchange.callerKey,
      callers: admission.upstream,
      // Others work while this operation waits for the answer.
      onSpend: turn.giveBack,
    })
    exchange.upstream = allowance
    const loaders = {
      ...createMessageLoaders(view.engine, {
        signal,
        allowance,
        allow: (requests) => {
          const refusal = allowance.refusal(requests)
          if (refusal === null) return
          guard.refuse(refusal)
          throw refusal
        },
      }),
      ...createArchiveLoaders(archive, view),
    }
    return {
      ...view,
      archive,
      phones,
      loaders,
      signal,
      allowance,
      meter: guard,
      turn: turn.take,
      guard,
      expiresAt,
      closing,
    }
  }
}
