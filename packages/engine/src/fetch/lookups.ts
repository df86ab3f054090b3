import { type Message, type MessageDetail, type SingleMessage, WaybillError } from '@waybill/core'
import type { EngineSource, MessageLookups, RequestAllowance } from '../engine.js'
import { wholeOf } from '../plan/split-by-direction.js'
import { BudgetSpent, RequestBudget } from './budget.js'
import { attributed } from './checked-list.js'
import { now } from './monotonic-time.js'
import type { PageStore } from './page-store.js'
import type { MessageRequests } from './message-requests.js'

/** What lookups read from; all operations share it. */
export interface LookupStores {
  readonly sources: ReadonlyMap<string, EngineSource>
  readonly pages: PageStore
  readonly requests: MessageRequests
}

/** The single messages of one operation. Remembers every request for one, so that none is sent twice. */
export function createLookups(
  { sources, pages, requests }: LookupStores,
  signal: AbortSignal | undefined,
  allowance?: RequestAllowance,
): MessageLookups {
  const budget = new RequestBudget(null, allowance)
  // One time for all of them: the window that the first of them read serves the others too.
  const begunAt = now()
  const requested = new Map<string, Promise<SingleMessage | null>>()

  function request(source: EngineSource, id: string): Promise<SingleMessage | null> {
    const key = keyOf(source.id, id)
    const known = requested.get(key)
    if (known !== undefined) return known
    const asked = requests.get(source, id, { budget, signal }).catch(explainSpent)
    requested.set(key, asked)
    return asked
  }

  async function findAtHand(source: EngineSource, id: string): Promise<Message | null> {
    const { provider } = source
    if (provider.find === undefined) return findInWindow(source, id)
    return attributed(source, 'find', { signal }, async () => (await provider.find?.(id, { signal })) ?? null)
  }

  async function findInWindow(source: EngineSource, id: string): Promise<Message | null> {
    const { paging, sorts } = source.provider.capabilities
    const [sort] = sorts
    if (paging.kind !== 'window' || sort === undefined) return null
    const page = { kind: 'window', limit: paging.maxItems } as const
    const reading = { source: wholeOf(source), budget, signal, begunAt }
    const { result } = await pages
      .fetch({ filter: [], search: null, sort, fields: null, page }, reading)
      .catch(explainSpent)
    return result.messages.find((message) => message.upstreamId === id) ?? null
  }

  return {
    needsRequest: (sourceId, upstreamId) =>
      sources.get(sourceId)?.provider.get !== undefined && !requested.has(keyOf(sourceId, upstreamId)),

    async message(sourceId, upstreamId): Promise<Message | null> {
      const source = sources.get(sourceId)
      if (source === undefined) return null
      return (await findAtHand(source, upstreamId)) ?? (await request(source, upstreamId))?.message ?? null
    },

    async detail(sourceId, upstreamId): Promise<MessageDetail | null> {
      const source = sources.get(sourceId)
      return source === undefined ? null : ((await request(source, upstreamId))?.detail ?? null)
    },
  }
}

function explainSpent(error: unknown): never {
  if (!(error instanceof BudgetSpent)) throw error
  throw new WaybillError(
    'QUERY_TOO_EXPENSIVE',
    'No more upstream requests are allowed. Ask for fewer messages and details, or try again later.',
  )
}

function keyOf(source: string, upstreamId: string): string {
  return JSON.stringify([source, upstreamId])
}
