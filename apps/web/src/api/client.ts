import { Client, fetchExchange, subscriptionExchange } from '@urql/core'
import { cacheExchange, type UpdateResolver } from '@urql/exchange-graphcache'
import { createEventStream } from './event-stream.js'
import { serverFetch } from './server-fetch.js'

/** Relative to the page, so that a proxy may put a path before both. */
const API = new URL('graphql', document.baseURI).href

/** Objects of the schema that have no id: each belongs to what it was answered with. */
const EMBEDDED = [
  'ArchiveStatus',
  'Contact',
  'FieldCapability',
  'MessageConnection',
  'MessageCountGroup',
  'MessageCounts',
  'MessageDetail',
  'MessageEdge',
  'MessageFailure',
  'OpenTimeRange',
  'OperatorCapability',
  'PageInfo',
  'ProvenRange',
  'ReconcileCandidate',
  'ReconcileFinding',
  'ReconcileVerdictCount',
  'ReconciledSource',
  'Reconciliation',
  'SortCapability',
  'SourceCapabilities',
  'SourceError',
  'SourceReport',
  'SourceWarning',
  'StatusChange',
  'TimeRange',
]

/** How many pages of lists are kept: some thousand messages. Older pages are requested again when they are scrolled to. */
const KEPT_PAGES = 60

/** Forgets the pages that were read longest ago, so that a long list does not fill the memory. */
const limitPages: UpdateResolver = (_result, _arguments, cache) => {
  const pages = cache.inspectFields('Query').filter(({ fieldName }) => fieldName === 'messages')
  for (const page of pages.slice(0, -KEPT_PAGES)) cache.invalidate('Query', 'messages', page.arguments)
}

/**
 * The client of this server's API. Messages are kept by their id, so a change that arrives anywhere is shown everywhere; a list
 * is kept page by page.
 */
export function createApiClient(): Client {
  return new Client({
    url: API,
    fetch: serverFetch,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        keys: Object.fromEntries(EMBEDDED.map((name) => [name, () => null])),
        updates: { Query: { messages: limitPages } },
      }),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: createEventStream(API) }),
    ],
  })
}
