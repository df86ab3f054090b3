import type { Archive } from '@waybill/archive'
import { createEngine } from '@waybill/engine'
import {
  type ConfiguredSource,
  createLogger,
  fillLimits,
  type GraphQLConfiguration,
  type ServerAuth,
  SCOPES,
  type ServerLimits,
} from '@waybill/runtime'
import { onTestFinished } from 'vitest'
import { type CallerView, createCallerViews } from '../../../src/access/caller-view.js'
import { createCursorSeal } from '../../../src/access/cursor-seal.js'
import { createMetrics, type Metrics } from '../../../src/server/metrics.js'
import { startServer } from '../../../src/server/server.js'
import { recordOperation } from './recorded-operations.js'
import { record } from './transcript.js'

export interface HarnessOptions {
  readonly sources?: readonly ConfiguredSource[] | ((metrics: Metrics) => readonly ConfiguredSource[])
  /** What those of them that are archived are kept in; nobody fills it. Default: none. */
  readonly archive?: Archive
  /** Default: everybody may query. */
  readonly auth?: ServerAuth
  /** Those that differ from the defaults. */
  readonly limits?: Partial<ServerLimits> | undefined
  /** Default: everything is on. */
  readonly graphql?: Partial<GraphQLConfiguration>
  /** The text of each persisted document by its id. Default: none. */
  readonly documents?: ReadonlyMap<string, string>
  readonly corsOrigins?: readonly string[]
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Takes the place of a caller's view, for tests that plant a leak; `full` shows the same sources and all content. */
  readonly changeView?: (view: CallerView, full: CallerView) => CallerView
}

/** What the servers of tests seal cursors with. */
export const CURSOR_KEYS: readonly string[] = ['a key for the cursors of tests']

/** Lets in whoever sends one of these tokens, to everything. */
export function bearerAuth(...bearerTokens: readonly string[]): ServerAuth {
  return { kind: 'bearer', bearerTokens, tokens: [], jwt: null }
}

/** What came back. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** What came back from a GraphQL request. */
export interface GraphQLAnswer extends Answer {
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly GraphQLFailure[]
}

export interface GraphQLFailure {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: Readonly<Record<string, unknown>>
}

/** A line of the server's log. */
export interface LogLine extends Readonly<Record<string, unknown>> {
  readonly level: string
  readonly message: string
}

/** A real server for one test, closed when the test is over. All that it sends and logs is kept for the leak check. */
export interface Harness {
  readonly url: string
  readonly log: readonly LogLine[]
  get(path: string, init?: RequestInit): Promise<Answer>
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<GraphQLAnswer>
  close(): Promise<void>
}

/** @param whenDone called with what closes the server. Default: it is closed after the test. */
export async function startHarness(
  options: HarnessOptions = {},
  whenDone: (close: () => Promise<void>) => void = onTestFinished,
): Promise<Harness> {
  const {
    sources = [],
    archive = null,
    auth = { kind: 'none' },
    limits,
    graphql,
    documents = new Map(),
    corsOrigins = [],
    host = '127.0.0.1',
    changeView = (view) => view,
  } = options
  const metrics = createMetrics()
  const configured = typeof sources === 'function' ? sources(metrics) : sources
  const { log, stream } = keepLog()
  const viewOf = createCallerViews({
    engine: createEngine({ sources: configured, observer: metrics.sources.engine }),
    sources: configured,
    seal: createCursorSeal(CURSOR_KEYS),
  })
  const server = await startServer({
    host,
    port: 0,
    viewOf: (caller) => changeView(viewOf(caller), viewOf({ ...caller, scopes: new Set(SCOPES) })),
    archive,
    auth,
    limits: fillLimits(limits),
    graphql: { introspection: true, graphiql: true, documents: 'off', documentsFile: null, ...graphql },
    documents,
    corsOrigins,
    logger: createLogger({ stream }),
    metrics,
  })
  whenDone(() => server.close())
  return { url: server.url, log, ...clientOf(server.url), close: () => server.close() }
}

/** What asks a server, and keeps what comes back for the leak check. */
export function clientOf(url: string): Pick<Harness, 'get' | 'ask'> {
  const get: Harness['get'] = async (path, init) => {
    recordOperation(path, init)
    return readAnswer(path, await fetch(`${url}${path}`, init))
  }
  return {
    get,
    ask: async (query, variables, headers) =>
      readGraphQL(
        await get('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query, variables }),
        }),
      ),
  }
}

/** Reads a response as GraphQL. */
export function readGraphQL(answer: Answer): GraphQLAnswer {
  const { data, errors = [] } = JSON.parse(answer.text) as Partial<GraphQLAnswer>
  return { ...answer, data, errors }
}

/** A log that does not know the secrets: none may reach it in the first place. */
export function keepLog(): { log: LogLine[]; stream: { write(text: string): void } } {
  const log: LogLine[] = []
  const write = (text: string): void => {
    record('log', text)
    log.push(JSON.parse(text) as LogLine)
  }
  return { log, stream: { write } }
}

async function readAnswer(path: string, response: Response): Promise<Answer> {
  const { status, headers } = response
  const text = await response.text()
  // The assets of GraphiQL are not ours, and full of what looks like paths.
  const isAsset = path.startsWith('/graphql/assets/graphiql') || path.includes('-worker-')
  record(`${status} ${path}`, `${JSON.stringify([...headers])}\n${isAsset ? '' : text}`)
  return { status, headers, text }
}
