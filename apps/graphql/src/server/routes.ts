import type { Scope } from '@waybill/runtime'
import type { Authenticate } from '../access/authenticate.js'
import { isRefusal, type Refusal } from '../access/refusal.js'
import type { Exchange } from './exchange.js'
import { createGraphiQL } from './graphiql.js'
import type { GraphQLEndpoint } from './graphql-endpoint.js'
import type { Metrics } from './metrics.js'
import type { NotReadyReason } from './readiness.js'
import { acceptsHtml, errorReply, jsonReply, preferredMediaType, type Reply } from './reply.js'

export interface RouteOptions {
  /** Whether everybody may query. */
  readonly isOpen: boolean
  readonly authenticate: Authenticate
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
export function createRoutes({
  isOpen,
  authenticate,
  graphql,
  metrics,
  findNotReadyReason,
}: RouteOptions): readonly Route[] {
  const graphiql = createGraphiQL(!isOpen)
  return [
    {
      path: '/graphql',
      methods: ['GET', 'POST'],
      handle: async (exchange) => {
        if (isForPage(exchange)) return graphiql.page()
        if (isFromAnotherSite(exchange))
          return errorReply(403, 'FORBIDDEN', 'Pages of other sites cannot query.')
        const caller = await authenticate(exchange.headers.authorization)
        if (isRefusal(caller)) return unauthenticated(exchange, caller)
        if (!caller.scopes.has('messages:read')) return forbidden(exchange, 'messages:read')
        exchange.caller = caller
        return graphql(exchange)
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
      handle: async ({ headers }) => {
        const caller = await authenticate(headers.authorization)
        if (isRefusal(caller)) return unauthenticatedReply(401, caller)
        if (caller.scopes.has('metrics:read')) return metricsReply(metrics)
        return errorReply(403, 'FORBIDDEN', needsScope('metrics:read'))
      },
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

function unauthenticated({ headers }: Exchange, refusal: Refusal): Reply {
  return unauthenticatedReply(statusOf(headers.accept, 401), refusal, {
    'content-type': `${preferredMediaType(headers.accept)}; charset=utf-8`,
  })
}

function unauthenticatedReply(
  status: number,
  { reason, message }: Refusal,
  headers: Reply['headers'] = {},
): Reply {
  const challenge = reason === 'NO_TOKEN' ? 'Bearer' : 'Bearer error="invalid_token"'
  return errorReply(status, 'UNAUTHENTICATED', message, { 'www-authenticate': challenge, ...headers })
}

function forbidden({ headers }: Exchange, scope: Scope): Reply {
  return errorReply(statusOf(headers.accept, 403), 'FORBIDDEN', needsScope(scope), {
    'content-type': `${preferredMediaType(headers.accept)}; charset=utf-8`,
  })
}

// Over the older media type the status of a GraphQL error is 200.
function statusOf(accept: string | undefined, status: number): number {
  return preferredMediaType(accept) === 'application/json' ? 200 : status
}

function needsScope(scope: Scope): string {
  return `This needs the scope ${scope}. Ask the operator for it.`
}

async function metricsReply(metrics: Metrics): Promise<Reply> {
  return {
    status: 200,
    headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
    body: await metrics.render(),
  }
}
