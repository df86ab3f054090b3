import { Client, fetchExchange, subscriptionExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { createEventStream } from './event-stream.js'
import { resumeExchange } from './resume.js'
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
  'TextVersion',
  'TimeRange',
]

/** The client of this server's API. Messages are kept by their id, so a change that arrives anywhere is shown everywhere. */
export function createApiClient(): Client {
  return new Client({
    url: API,
    fetch: serverFetch,
    preferGetMethod: false,
    exchanges: [
      resumeExchange,
      cacheExchange({
        keys: Object.fromEntries(EMBEDDED.map((name) => [name, () => null])),
      }),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: createEventStream(API) }),
    ],
  })
}

/**
 * A client that keeps nothing, for the list: of whatever a normalized cache has read, it keeps the names, so that a long list would fill
 * the memory.
 */
export function createListClient(): Client {
  return new Client({ url: API, fetch: serverFetch, preferGetMethod: false, exchanges: [fetchExchange] })
}
