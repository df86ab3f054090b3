import type { ListRequest } from '@waybill/core'
import { LRUCache } from 'lru-cache'
import type { FetchedPage, Reading, WantedFacts } from './fetched-page.js'
import { checkedList } from './checked-list.js'
import type { EngineObserver } from './engine-observer.js'
import { now } from './monotonic-time.js'
import { SharedRequest } from './shared-request.js'

interface UnderWay {
  readonly request: SharedRequest<FetchedPage>
  readonly wanted: WantedFacts
}

/** Bounds on what is kept of fetched pages. */
export interface PageStoreLimits {
  /** Default 25,000 messages, all sources together. */
  readonly maxMessages?: number | undefined
  /** Default 60,000. */
  readonly maxAgeMs?: number | undefined
}

const DEFAULT_MAX_MESSAGES = 25_000
const DEFAULT_MAX_AGE_MS = 60_000

/**
 * Fetches pages, shares equal requests that are under way, and keeps what came for the traversals that may use it:
 * those that had begun when it came. A page holds what was true at one instant, and stays as it was read.
 */
export class PageStore {
  readonly #kept: LRUCache<string, FetchedPage>
  readonly #underWay = new Map<string, UnderWay>()
  readonly #observer: EngineObserver | undefined

  constructor(limits: PageStoreLimits = {}, observer?: EngineObserver) {
    this.#observer = observer
    const maxSize = limits.maxMessages ?? DEFAULT_MAX_MESSAGES
    this.#kept = new LRUCache({
      maxSize,
      maxEntrySize: maxSize,
      sizeCalculation: (page) => 1 + page.result.messages.length,
      ttl: limits.maxAgeMs ?? DEFAULT_MAX_AGE_MS,
    })
  }

  /** A page that can be had without a request. */
  peek(request: ListRequest, reading: Reading): FetchedPage | null {
    const page = this.#kept.get(keyOf(request, reading.source.key))
    if (page === undefined || page.answeredAt <= reading.begunAt) return null
    return covers(page.wanted, request) ? page : null
  }

  /** @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted. */
  async fetch(request: ListRequest, reading: Reading): Promise<FetchedPage> {
    reading.signal?.throwIfAborted()
    const kept = isLocal(reading) ? null : this.peek(request, reading)
    if (kept === null) return this.#join(request, reading).wait(reading)
    this.#observer?.page(reading.source.id, 'kept')
    return kept
  }

  #join(request: ListRequest, { source }: Reading): SharedRequest<FetchedPage> {
    const key = keyOf(request, source.key)
    const underWay = this.#underWay.get(key)
    if (underWay?.request.isOpen === true && covers(underWay.wanted, request)) {
      this.#observer?.page(source.id, 'shared')
      return underWay.request
    }
    this.#observer?.page(source.id, 'fetched')
    const { fields, untold } = request
    const wanted: WantedFacts = { fields, untold }
    const shared = new SharedRequest(source.id, async (call) => {
      try {
        const askedAt = now()
        const result = await checkedList(source, request, call)
        const page = { result, askedAt, answeredAt: now(), wanted }
        if (!isLocal({ source })) this.#kept.set(key, page)
        return page
      } finally {
        if (this.#underWay.get(key)?.request === shared) this.#underWay.delete(key)
      }
    })
    this.#underWay.set(key, { request: shared, wanted })
    return shared
  }
}

function isLocal({ source }: Pick<Reading, 'source'>): boolean {
  return source.provider.capabilities.local === true
}

function keyOf({ filter, search, sort, page }: ListRequest, source: string): string {
  return JSON.stringify([source, filter, search, sort, page])
}

function covers(has: WantedFacts, needs: WantedFacts): boolean {
  const { fields } = has
  if (has.untold === false && needs.untold !== false) return false
  if (fields === null) return true
  return needs.fields !== null && [...needs.fields].every((field) => fields.has(field))
}
