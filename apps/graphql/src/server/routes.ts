import type { ServerAuth } from '@waybill/runtime'
import { createAuthenticate } from './access.js'
import type { Exchange } from './exchange.js'
import { createGraphiQL } from './graphiql.js'
import type { GraphQLEndpoint } from './graphql-endpoint.js'
import type { Metrics } from './metrics.js'
import type { NotReadyReason } from './readiness.js'
import { acceptsHtml, errorReply, jsonReply, preferredMediaType, type Reply } from './reply.js'

export interface RouteOptions {
  readonly auth: ServerAuth
  readonly graphql: GraphQLEndpoint
  readonly metrics: Metrics
  /** Why no request should be sent here at present; null where they are wanted. */
  readonly findNotReadyReason: () => Promise<NotReadyReason | null>
}

/** What answers the requests to one path, or to every path below one that ends in a slash. */
export interface Route {
  readonly path: string
  readonly methods: readonly string[]
  handle(exchange: Exchange): Promise<Reply>
}

const READ = ['GET', 'HEAD']
const ASSETS = '/graphql/assets/'

/** Everything that the server answers. Tokens are asked for where messages, or figures about them, come out. */
export function createRoutes({ auth, graphql, metrics, findNotReadyReason }: RouteOptions): readonly Route[] {
  const authenticate = createAuthenticate(auth)
  const graphiql = createGraphiQL(auth.kind !== 'none')
  return [
    {
      path: '/graphql',
      methods: ['GET', 'POST'],
      handle: async (exchange) => {
        if (isForPage(exchange)) return graphiql.page()
        if (isFromAnotherSite(exchange))
          return errorReply(403, 'FORBIDDEN', 'Pages of other sites cannot query.')
        return authenticate(exchange.headers.authorization) ? graphql(exchange) : unauthenticated(exchange)
      },
    },
    {
      path: ASSETS,
      methods: READ,
      handle: (exchange) => graphiql.asset(exchange.path.slice(ASSETS.length), exchange),
    },
    {
      path: '/metrics',
      methods: READ,
      handle: async ({ headers }) =>
        authenticate(headers.authorization) ? metricsReply(metrics) : unauthenticatedReply(401),
    },
    {
      path: '/',
      methods: READ,
      handle: async () => ({ status: 302, headers: { location: 'graphql' }, body: '' }),
    },
    { path: '/healthz', methods: READ, handle: async () => jsonReply(200, { status: 'up' }) },
    {
      path: '/readyz',
      methods: READ,
      handle: async () => {
        const notReady = await findNotReadyReason()
        return notReady === null ? jsonReply(200, { status: 'ready' }) : jsonReply(503, notReady)
      },
    },
  ]
}

function isForPage({ method, headers }: Exchange): boolean {
  return method === 'GET' && acceptsHtml(headers.accept)
}

// Browsers say where a request comes from. The answer would stay hidden from the other site, but not its cost from us.
function isFromAnotherSite({ headers }: Exchange): boolean {
  const site = headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

function unauthenticated({ headers }: Exchange): Reply {
  return unauthenticatedReply(preferredMediaType(headers.accept) === 'application/json' ? 200 : 401, {
    'content-type': `${preferredMediaType(headers.accept)}; charset=utf-8`,
  })
}

function unauthenticatedReply(status: number, headers: Reply['headers'] = {}): Reply {
  return errorReply(status, 'UNAUTHENTICATED', 'Send a valid token: `Authorization: Bearer …`.', {
    'www-authenticate': 'Bearer',
    ...headers,
  })
}

async function metricsReply(metrics: Metrics): Promise<Reply> {
  return {
    status: 200,
    headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
    body: await metrics.render(),
  }
}
