import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Archive } from '@waybill/archive'
import type { PhoneOptions } from '@waybill/core'
import {
  type GraphQLConfiguration,
  isLoopback,
  type Logger,
  type ServerAuth,
  type ServerLimits,
} from '@waybill/runtime'
import type { FastifyInstance } from 'fastify'
import { isAllowedHost } from './allowed-host.js'
import { createAuthenticate } from '../access/authenticate.js'
import type { ViewOf } from '../access/caller-view.js'
import { createDocumentReader } from './document.js'
import { createGraphiQL } from './graphiql.js'
import { createYogaServer } from './graphql-endpoint.js'
import { mountGraphQL } from './graphql-route.js'
import { createHttpApp } from './http-app.js'
import { createAdmission } from './limits/admission.js'
import type { Metrics } from './metrics.js'
import { mount } from './mount.js'
import { createMounts } from './mounts.js'
import { createContextOf } from './operation-context.js'
import { createDocuments } from './prepared/documents.js'
import { createQuickAnswers } from './prepared/quick-answers.js'
import { createOperationsPage } from './page.js'
import { createReadiness } from './readiness.js'

export interface ServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** What exists for each caller: all that is answered is read through it. */
  readonly viewOf: ViewOf
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly auth: ServerAuth
  readonly limits: ServerLimits
  readonly graphql: GraphQLConfiguration
  /** The text of each persisted document by its id. */
  readonly documents: ReadonlyMap<string, string>
  /** The origins whose pages may query, beside the server's own. */
  readonly corsOrigins: readonly string[]
  readonly logger: Logger
  readonly metrics: Metrics
}

export interface RunningServer {
  /** Where it is, without a slash at the end: `http://127.0.0.1:4000`. The API is at `/graphql` below it. */
  readonly url: string
  /** Stops accepting and finishes what is under way; what takes longer than `limits.shutdownSeconds` is cut off. */
  close(): Promise<void>
}

/**
 * Serves GraphQL, GraphiQL, health and metrics over HTTP.
 * @throws the system's error when the address cannot be listened at.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port, auth, archive, limits, logger, metrics, corsOrigins } = options
  const closing = new AbortController()
  // Whoever has a token, or was let in from everywhere, needs no protection from names that point here.
  const isGuarded = auth.kind === 'none' && isLoopback(host)
  const app = await createHttpApp({
    logger,
    metrics,
    limits,
    authenticate: createAuthenticate(auth),
    corsOrigins,
    isAllowedHost: (header) => !isGuarded || isAllowedHost(header, host),
    isClosing: () => closing.signal.aborted,
  })
  const graphiql = options.graphql.graphiql ? createGraphiQL(auth.kind !== 'none') : null
  const admission = createAdmission(limits)
  const contextOf = createContextOf({ ...options, closing: closing.signal }, admission)
  const documents = createDocuments(createDocumentReader(limits, options.graphql.introspection))
  const yoga = createYogaServer(options, { admission, contextOf, documents })
  const answerQuickly = createQuickAnswers({
    documents,
    contextOf,
    admission,
    limits,
    metrics,
    mode: options.graphql.documents,
    persisted: options.documents,
  })
  await mountGraphQL(app, { yoga, answerQuickly, graphiql, admission, limits, corsOrigins })
  const mounts = createMounts({
    ...options,
    admission,
    graphiql,
    operationsPage: createOperationsPage(auth),
    metrics,
    findNotReadyReason: createReadiness(closing.signal, archive),
  })
  for (const one of mounts) await mount(app, one, { admission, corsOrigins })
  await app.listen({ host, port })
  return {
    url: urlOf(host, app.server.address() as AddressInfo),
    close: async () => {
      closing.abort()
      await wait(limits.drainSeconds * 1000)
      await closeApp(app, limits.shutdownSeconds * 1000)
    },
  }
}

// A browser cannot open the address that stands for all addresses of the machine.
function urlOf(host: string, { port }: AddressInfo): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/**
 * Stops accepting, finishes what is under way, and drops connections that wait for a next request.
 * @param patienceMs After this time requests that are still under way are cut off.
 */
export async function closeApp(app: FastifyInstance, patienceMs: number): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), patienceMs)
  await app.close()
  clearTimeout(cutOff)
}
