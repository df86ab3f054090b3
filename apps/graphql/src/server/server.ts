import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Archive } from '@waybill/archive'
import type { PhoneOptions } from '@waybill/core'
import type { Engine } from '@waybill/engine'
import { type ConfiguredSource, isLoopback, type Logger, type ServerAuth } from '@waybill/runtime'
import { isAllowedHost } from '../access/allowed-host.js'
import { createAuthenticate } from '../access/authenticate.js'
import { createCallerViews } from '../access/caller-view.js'
import { createCursorSeal } from '../access/cursor-seal.js'
import { createGraphQLEndpoint } from './graphql-endpoint.js'
import type { Metrics } from './metrics.js'
import { findNotReadyReason } from './readiness.js'
import { createRequestListener } from './request-listener.js'
import { createRoutes } from './routes.js'

/** How long a request may take to arrive, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000

export interface ServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly engine: Engine
  /** In the order of the configuration; the engine's own sources. */
  readonly sources: readonly ConfiguredSource[]
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly auth: ServerAuth
  /** Secrets that cursors are sealed with, the same for all replicas: the first one seals, each of them opens. */
  readonly cursorKeys: readonly string[]
  readonly logger: Logger
  readonly metrics: Metrics
}

export interface RunningServer {
  /** Where it is, without a slash at the end: `http://127.0.0.1:4000`. The API is at `/graphql` below it. */
  readonly url: string
  /** Stops accepting and finishes what is under way; what takes longer than ten seconds is cut off. */
  close(): Promise<void>
}

/**
 * Serves GraphQL, GraphiQL, health and metrics over HTTP.
 * @throws the system's error when the address cannot be listened at.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port, auth, archive, logger, metrics, engine, sources, cursorKeys } = options
  let closing = false
  const routes = createRoutes({
    isOpen: auth.kind === 'none',
    authenticate: createAuthenticate(auth),
    graphql: createGraphQLEndpoint({
      ...options,
      viewOf: createCallerViews({ engine, sources, seal: createCursorSeal(cursorKeys) }),
    }),
    metrics,
    findNotReadyReason: () => findNotReadyReason(closing, archive),
  })
  // Whoever has a token, or was let in from everywhere, needs no protection from names that point here.
  const isGuarded = auth.kind === 'none' && isLoopback(host)
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS },
    createRequestListener({
      routes,
      logger,
      metrics,
      isAllowedHost: (header) => !isGuarded || isAllowedHost(header, host),
      isClosing: () => closing,
    }),
  )
  await listen(server, host, port)
  return {
    url: urlOf(host, server.address() as AddressInfo),
    close: async () => {
      closing = true
      await closeServer(server)
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

// A browser cannot open the address that stands for all addresses of the machine.
function urlOf(host: string, { port }: AddressInfo): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** How long requests that are under way may take to finish, in milliseconds. */
const PATIENCE_MS = 10_000

/**
 * Stops accepting, finishes what is under way, and drops connections that wait for a next request.
 * @param patienceMs After this time requests that are still under way are cut off.
 */
export async function closeServer(server: Server, patienceMs: number = PATIENCE_MS): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearTimeout(cutOff)
}
