import {
  type CallOptions,
  type ListRequest,
  type ListResult,
  type Message,
  UpstreamError,
  WaybillError,
} from '@waybill/core'
import type { EngineSource } from '../engine.js'
import { BudgetSpent } from './budget.js'
import { inSpan } from './span.js'

/**
 * Calls a provider and holds it to its contract, since providers of other people plug in too.
 * @throws UpstreamError for every failure; BudgetSpent; the signal's reason when the call is aborted.
 */
export async function checkedList(
  source: EngineSource,
  request: ListRequest,
  call: CallOptions,
): Promise<ListResult> {
  const result = await attributed(source, 'list', call, () => source.provider.list(request, call))
  const problem = findProblem(result, request)
  if (problem === null) return result
  throw new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    `The provider ${source.provider.name} of source "${source.id}" broke its contract: ${problem}`,
    { source: source.id },
  )
}

/** Runs a provider's call; whatever it throws that is no error of the contract becomes one that names the source. */
export async function attributed<T>(
  source: EngineSource,
  what: 'list' | 'stream' | 'get' | 'find' | 'count' | 'history',
  call: CallOptions,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await inSpan(`source ${what}`, { 'waybill.source': source.id }, run)
  } catch (error) {
    if (error instanceof WaybillError || error instanceof BudgetSpent) throw error
    call.signal?.throwIfAborted()
    throw new UpstreamError(
      'UPSTREAM_INVALID_RESPONSE',
      `The provider ${source.provider.name} of source "${source.id}" failed unexpectedly. Report this to its author.`,
      { source: source.id, cause: error },
    )
  }
}

function findProblem(result: ListResult, request: ListRequest): string | null {
  const ids = new Set<string>()
  for (const [position, message] of result.messages.entries()) {
    const problem =
      messageProblem(message) ?? (ids.has(message.upstreamId) ? 'repeats an id of its list' : null)
    if (problem !== null) return `message ${position} ${problem}.`
    ids.add(message.upstreamId)
  }
  if (request.page.kind !== 'cursor') return null
  const given = result.cursor?.cursors.length
  const wanted = result.messages.length
  return given === wanted
    ? null
    : `a cursor list needs one cursor a message (${wanted}), not ${given ?? 'none'}.`
}

/** What is missing of a message that every provider has to give; null where nothing is. */
export function messageProblem(message: Message): string | null {
  if (typeof message.upstreamId !== 'string' || message.upstreamId === '') return 'has no upstreamId'
  return Number.isFinite(message.sentAt) ? null : 'has no valid sentAt'
}
