import { FORMAT_NAMES } from '@waybill/export'
import { createDownloadHandler, type DownloadOptions } from './downloads/download-handler.js'
import type { GraphiQL } from './graphiql.js'
import { jsonResponse } from './error-reply.js'
import type { Metrics } from './metrics.js'
import type { Mount } from './mount.js'
import type { NotReadyReason } from './readiness.js'
import { createReconcileHandler, type ReconcileHandlerOptions } from './reconcile-handler.js'

export interface MountOptions extends ReconcileHandlerOptions, DownloadOptions {
  /** Null: GraphiQL is switched off. */
  readonly graphiql: GraphiQL | null
  readonly metrics: Metrics
  /** Why no request should be sent here at present; null where they are wanted. */
  readonly findNotReadyReason: () => Promise<NotReadyReason | null>
}

const GET = ['GET'] as const
const ASSETS = '/graphql/assets/'

/** Everything that the server answers beside GraphQL itself. */
export function createMounts(options: MountOptions): readonly Mount[] {
  const { graphiql, metrics, findNotReadyReason } = options
  return [
    {
      path: '/',
      methods: GET,
      scope: null,
      handle: async () => new Response(null, { status: 302, headers: { location: 'graphql' } }),
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
      handle: async () =>
        new Response(await metrics.render(), {
          headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
        }),
    },
    ...FORMAT_NAMES.map((format): Mount => ({
      path: `/messages.${format}`,
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
    handle: ({ url }) => graphiql.asset(new URL(url).pathname.slice(ASSETS.length)),
  }
}
