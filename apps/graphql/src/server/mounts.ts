import { nearestName } from '@waybill/core'
import { type FormatName, FORMAT_NAMES } from '@waybill/export'
import { createDownloadHandler, type DownloadOptions } from './downloads/download-handler.js'
import type { GraphiQL } from './graphiql.js'
import { errorResponse, jsonResponse } from './error-reply.js'
import { figuresOf, type Metrics } from './metrics.js'
import type { Mount } from './mount.js'
import type { OperationsPage } from './page.js'
import type { NotReadyReason } from './readiness.js'
import { createReconcileHandler, type ReconcileHandlerOptions } from './reconcile-handler.js'

export interface MountOptions extends ReconcileHandlerOptions, DownloadOptions {
  /** Null: GraphiQL is switched off. */
  readonly graphiql: GraphiQL | null
  readonly operationsPage: OperationsPage
  readonly metrics: Metrics
  /** Why no request should be sent here at present; null where they are wanted. */
  readonly findNotReadyReason: () => Promise<NotReadyReason | null>
}

const GET = ['GET'] as const
const ASSETS = '/graphql/assets/'
const PAGE_ASSETS = '/page/'

/** Everything that the server answers beside GraphQL itself. */
export function createMounts(options: MountOptions): readonly Mount[] {
  const { graphiql, operationsPage, metrics, findNotReadyReason } = options
  return [
    {
      path: '/',
      methods: GET,
      scope: null,
      // The page names its files relative to this path.
      handle: async ({ url }) =>
        new URL(url).pathname === '/' ? operationsPage.page() : errorResponse(404, 'NOT_FOUND', 'Not found.'),
    },
    {
      path: '/login',
      methods: GET,
      scope: null,
      handle: () => operationsPage.login(),
    },
    {
      path: `${PAGE_ASSETS}*`,
      methods: GET,
      scope: null,
      isCompressed: true,
      handle: ({ url, headers }) =>
        operationsPage.asset(new URL(url).pathname.slice(PAGE_ASSETS.length), headers.get('accept-encoding')),
    },
    {
      path: '/healthz',
      methods: GET,
      scope: null,
      handle: async () => jsonResponse(200, JSON.stringify({ status: 'up' })),
    },
    {
      path: '/readyz',
      methods: GET,
      scope: null,
      handle: async () => {
        const notReady = await findNotReadyReason()
        const status = notReady === null ? 200 : 503
        return jsonResponse(status, JSON.stringify(notReady ?? { status: 'ready' }))
      },
    },
    {
      path: '/metrics',
      methods: GET,
      scope: 'metrics:read',
      handle: async (_request, { caller }) =>
        new Response(figuresOf(await metrics.render(), caller.sources), {
          headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
        }),
    },
    ...FORMAT_NAMES.map((format): Mount => ({
      path: downloadPath(format),
      methods: GET,
      scope: 'messages:read',
      handle: createDownloadHandler(format, options),
    })),
    {
      path: '/reconcile',
      methods: ['POST'],
      scope: 'messages:read',
      isUpload: true,
      handle: createReconcileHandler(options),
    },
    ...(graphiql === null ? [] : [mountAssets(graphiql)]),
  ]
}

function mountAssets(graphiql: GraphiQL): Mount {
  return {
    path: `${ASSETS}*`,
    methods: GET,
    scope: null,
    isCompressed: true,
    handle: ({ url, headers }) =>
      graphiql.asset(new URL(url).pathname.slice(ASSETS.length), headers.get('accept-encoding')),
  }
}

/** What is said of a path that is not mounted. */
export function describeUnknownPath(path: string): string {
  if (!path.startsWith('/messages')) return 'Unknown path. The API is at /graphql.'
  const downloads = FORMAT_NAMES.map(downloadPath)
  const nearest = nearestName(path, downloads)
  const guess = nearest === null ? '' : ` Did you mean ${nearest}?`
  return `Unknown path.${guess} Downloads are at ${downloads.join(', ')}.`
}

function downloadPath(format: FormatName): string {
  return `/messages.${format}`
}
