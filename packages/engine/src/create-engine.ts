import { Answer } from './answer/answer.js'
import { countMessages } from './count/count-messages.js'
import type { Engine, EngineSource } from './engine.js'
import type { EngineObserver } from './fetch/engine-observer.js'
import { createLookups, type LookupStores } from './fetch/lookups.js'
import { PageStore, type PageStoreLimits } from './fetch/page-store.js'
import { MessageRequests } from './fetch/message-requests.js'
import { inSpan } from './fetch/span.js'
import { traverse } from './traverse/traverse.js'

export interface EngineOptions {
  readonly sources: readonly EngineSource[]
  /** What may be kept of fetched pages, so that a traversal's next page need not fetch them again. */
  readonly keep?: PageStoreLimits | undefined
  readonly observer?: EngineObserver | undefined
}

/**
 * Makes an engine over the given sources. Their ids must be unique.
 * @throws TypeError naming the option that is of a wrong type
 */
export function createEngine(options: EngineOptions): Engine {
  checkOptions(options)
  const { sources, keep, observer } = options
  return engineOver(
    sources,
    { pages: new PageStore(keep, observer), requests: new MessageRequests() },
    observer,
  )
}

function engineOver(
  sources: readonly EngineSource[],
  shared: Omit<LookupStores, 'sources'>,
  observer: EngineObserver | undefined,
): Engine {
  const stores = { ...shared, sources: new Map(sources.map((source) => [source.id, source])) }
  return {
    sources,
    messages: async (query) => {
      const answer = await inSpan('plan', {}, async () => new Answer(query, sources, stores.pages))
      const page = await inSpan('read', {}, () => answer.page())
      observer?.answered(page.reports)
      return query.reports === false ? { ...page, reports: [] } : page
    },
    counts: async (query) => {
      const counts = await inSpan('counts', {}, () => countMessages(query, sources, stores.pages))
      observer?.answered(counts.reports)
      return counts
    },
    traverse: (query) => traverse(query, sources, stores.pages),
    lookups: (signal, allowance) => createLookups(stores, signal, allowance),
    message: (source, upstreamId, signal) => createLookups(stores, signal).message(source, upstreamId),
    detail: (source, upstreamId, signal) => createLookups(stores, signal).detail(source, upstreamId),
    restrictedTo: (ids) =>
      engineOver(
        sources.filter(({ id }) => ids.has(id)),
        shared,
        observer,
      ),
  }
}

/** Callers in plain JavaScript are told what is wrong; TypeScript checks it for all others. */
function checkOptions(options: unknown): void {
  if (!isObject(options) || !Array.isArray(options['sources']))
    throw new TypeError('createEngine takes an object with sources, an array.')
  const ids = new Set<unknown>()
  for (const [index, source] of options['sources'].entries()) {
    const { id, provider } = isObject(source) ? source : {}
    if (typeof id !== 'string' || id === '') throw new TypeError(`sources[${index}].id is not a text.`)
    if (ids.has(id)) throw new TypeError(`sources[${index}].id is the id of another source too.`)
    if (!isObject(provider) || typeof provider['list'] !== 'function' || !isObject(provider['capabilities']))
      throw new TypeError(`sources[${index}].provider is no provider: it has no list or no capabilities.`)
    ids.add(id)
  }
  const { keep } = options
  if (keep !== undefined && !isObject(keep)) throw new TypeError('keep is not an object.')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
