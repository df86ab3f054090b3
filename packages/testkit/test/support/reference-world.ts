import type { Paging, ProviderFactory } from '@waybill/core'
import type { ConformanceWorld } from '../../src/index.js'
import { referenceProvider } from './reference-provider.js'
import type { ReferenceUpstream } from './reference-upstream.js'

export const PAGINGS = {
  window: { kind: 'window', maxItems: 40 },
  page: { kind: 'page', maxPageSize: 30 },
  cursor: { kind: 'cursor', maxPageSize: 30 },
} as const satisfies Record<string, Paging>

/** What is wrong with a provider, as a change of one in which nothing is. */
export type Flaw = (factory: ProviderFactory) => ProviderFactory

export function referenceWorld(upstream: ReferenceUpstream, paging: Paging, flaw?: Flaw): ConformanceWorld {
  const create = referenceProvider(paging)
  return {
    create: flaw === undefined ? create : flaw(create),
    options: { key: upstream.key, baseUrl: upstream.url },
    secrets: [upstream.key],
    nullableText: true,
    reset: (rows) => {
      upstream.rows = rows
      upstream.failure = null
      upstream.spoilt = null
      upstream.extension = null
    },
    spoil: (position) => {
      upstream.spoilt = position
    },
    extend: (position, extension) => {
      upstream.extension = { position, ...extension }
    },
    failedBodies: {
      'a status': {
        body: JSON.stringify({ status: 'error', message: 'Token expired', messages: [] }),
        code: 'UPSTREAM_UNAUTHORIZED',
      },
      'an error': { body: JSON.stringify({ error: { code: 503 } }), code: 'UPSTREAM_UNAVAILABLE' },
    },
    fail: (failure) => {
      upstream.failure = failure
    },
    requests: () => upstream.requests,
    underWay: () => upstream.underWay,
  }
}
