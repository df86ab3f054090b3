import type { Message, MessageDetail } from '@waybill/core'
import { Answer } from './answer/answer.js'
import type { Engine, EngineSource, MessagePage, MessagesQuery } from './engine.js'
import { RequestBudget } from './fetch/budget.js'
import { attributed } from './fetch/checked-list.js'
import { now } from './fetch/now.js'
import { PageStore, type PageStoreLimits } from './fetch/page-store.js'
import { SingleStore } from './fetch/single-store.js'
import { wholeOf } from './plan/parts.js'

export interface EngineOptions {
  readonly sources: readonly EngineSource[]
  /** What may be kept of fetched pages, so that a traversal's next page need not fetch them again. */
  readonly keep?: PageStoreLimits | undefined
}

/** Makes an engine over the given sources. Their ids must be unique. */
export function createEngine({ sources, keep }: EngineOptions): Engine {
  const store = new PageStore(keep)
  const singles = new SingleStore()
  const byId = new Map(sources.map((source) => [source.id, source]))

  async function findAtHand(source: EngineSource, id: string, signal?: AbortSignal): Promise<Message | null> {
    const { provider } = source
    if (provider.find === undefined) return findInWindow(source, id, signal)
    return attributed(source, { signal }, async () => (await provider.find?.(id, { signal })) ?? null)
  }

  async function findInWindow(
    source: EngineSource,
    id: string,
    signal?: AbortSignal,
  ): Promise<Message | null> {
    const { paging, sorts } = source.provider.capabilities
    const [sort] = sorts
    if (paging.kind !== 'window' || sort === undefined) return null
    const page = { kind: 'window', limit: paging.maxItems } as const
    const reading = { source: wholeOf(source), budget: new RequestBudget(null), signal, begunAt: now() }
    const { result } = await store.fetch({ filter: [], search: null, sort, fields: null, page }, reading)
    return result.messages.find((message) => message.upstreamId === id) ?? null
  }

  return {
    sources,

    async messages(query: MessagesQuery): Promise<MessagePage> {
      return new Answer(query, sources, store).page()
    },

    async message(sourceId: string, upstreamId: string, signal?: AbortSignal): Promise<Message | null> {
      const source = byId.get(sourceId)
      if (source === undefined) return null
      const listed = await findAtHand(source, upstreamId, signal)
      return listed ?? (await singles.get(source, upstreamId, signal))?.message ?? null
    },

    async detail(sourceId: string, upstreamId: string, signal?: AbortSignal): Promise<MessageDetail | null> {
      const source = byId.get(sourceId)
      return source === undefined ? null : ((await singles.get(source, upstreamId, signal))?.detail ?? null)
    },
  }
}
