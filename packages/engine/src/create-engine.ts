import { Answer } from './answer/answer.js'
import type { Engine, EngineSource } from './engine.js'
import { createLookups } from './fetch/lookups.js'
import { PageStore, type PageStoreLimits } from './fetch/page-store.js'
import { SingleStore } from './fetch/single-store.js'

export interface EngineOptions {
  readonly sources: readonly EngineSource[]
  /** What may be kept of fetched pages, so that a traversal's next page need not fetch them again. */
  readonly keep?: PageStoreLimits | undefined
}

/** Makes an engine over the given sources. Their ids must be unique. */
export function createEngine({ sources, keep }: EngineOptions): Engine {
  const stores = {
    sources: new Map(sources.map((source) => [source.id, source])),
    pages: new PageStore(keep),
    singles: new SingleStore(),
  }
  return {
    sources,
    messages: async (query) => new Answer(query, sources, stores.pages).page(),
    lookups: (signal) => createLookups(stores, signal),
    message: (source, upstreamId, signal) => createLookups(stores, signal).message(source, upstreamId),
    detail: (source, upstreamId, signal) => createLookups(stores, signal).detail(source, upstreamId),
  }
}
