import {
  UpstreamError,
  type CallOptions,
  type FilterClause,
  type FilterOperator,
  type ListRequest,
  type ListResult,
  type MessageProvider,
  type ProviderContext,
} from '@waybill/core'
import type { Flaw } from './reference-world.js'

/** A provider whose methods, or some of them, are others. */
export function flawed(
  change: (sound: MessageProvider, context: ProviderContext, options: unknown) => Partial<MessageProvider>,
): Flaw {
  return (factory) => (options, context) => {
    const sound = factory(options, context)
    return { ...sound, ...change(sound, context, options) }
  }
}

/** Asks for something else than it was asked for. */
export function asking(change: (request: ListRequest) => ListRequest): Flaw {
  return flawed((sound) => ({ list: (request, call) => sound.list(change(request), call) }))
}

/** Answers something else than it was answered. */
export function answering(change: (result: ListResult, request: ListRequest) => ListResult): Flaw {
  return flawed((sound) => ({
    list: async (request, call) => change(await sound.list(request, call), request),
  }))
}

/** Takes one operator for another. */
export function confusing(operator: FilterOperator, other: FilterOperator): Flaw {
  const change = (clause: FilterClause): FilterClause =>
    clause.operator === operator ? ({ ...clause, operator: other } as FilterClause) : clause
  return asking((request) => ({ ...request, filter: request.filter.map(change) }))
}

/** Hands on something else than its caller's call options. */
export function calling(change: (call: CallOptions) => CallOptions): Flaw {
  return flawed(({ list, get }) => ({
    list: (request, call = {}) => list(request, change(call)),
    get: async (id, call = {}) => (await get?.(id, change(call))) ?? null,
  }))
}

/** Throws something else than what went wrong. */
export function failing(change: (error: UpstreamError, options: unknown) => unknown): Flaw {
  return flawed(({ list }, _context, options) => ({
    list: async (request, call) => {
      try {
        return await list(request, call)
      } catch (error) {
        throw error instanceof UpstreamError ? change(error, options) : error
      }
    },
  }))
}
