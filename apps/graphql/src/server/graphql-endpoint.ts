import type { Archive } from '@waybill/archive'
import type { PhoneOptions } from '@waybill/core'
import type { Engine } from '@waybill/engine'
import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { ConfiguredSource, Logger } from '@waybill/runtime'
import { createArchiveLoaders } from '../schema/archive-loaders.js'
import type { OperationContext } from '../schema/context.js'
import { createMessageLoaders } from '../schema/message-loaders.js'
import { schema } from '../schema/schema.js'
import { createToClientError } from './client-error.js'
import type { Exchange } from './exchange.js'
import { createGraphQLPlugin, type RequestContext } from './graphql-plugin.js'
import { preferredMediaType } from './media-type.js'
import type { Metrics } from './metrics.js'
import { errorReply, type Reply } from './reply.js'

/** The largest request body that is read, in bytes. */
const MAX_BODY_BYTES = 1_048_576

export interface GraphQLEndpointOptions {
  readonly engine: Engine
  readonly sources: readonly ConfiguredSource[]
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly logger: Logger
  readonly metrics: Metrics
}

/** Answers GraphQL over HTTP. */
export type GraphQLEndpoint = (exchange: Exchange) => Promise<Reply>

type Yoga = YogaServerInstance<RequestContext, OperationContext>

export function createGraphQLEndpoint(options: GraphQLEndpointOptions): GraphQLEndpoint {
  const yoga = createYogaServer(options)
  return async (exchange) => {
    if (exchange.method === 'GET') return ask(yoga, exchange, undefined)
    if (!isJson(exchange.headers['content-type'])) {
      return errorReply(415, 'BAD_USER_INPUT', 'Send the query as application/json.')
    }
    const body = await exchange.readBody(MAX_BODY_BYTES)
    if (body !== null) return ask(yoga, exchange, body)
    return errorReply(
      413,
      'QUERY_TOO_EXPENSIVE',
      `A request may have ${MAX_BODY_BYTES} bytes. Ask for less.`,
      {
        connection: 'close',
      },
    )
  }
}

function createYogaServer(options: GraphQLEndpointOptions): Yoga {
  const { engine, sources, archive, phones, logger, metrics } = options
  const sourcesById = new Map(sources.map((source) => [source.id, source]))
  return createYoga<RequestContext, OperationContext>({
    schema,
    context: ({ exchange: { signal } }) => ({
      engine,
      sources: sourcesById,
      phones,
      loaders: { ...createMessageLoaders(engine, signal), ...createArchiveLoaders(archive) },
      signal,
    }),
    plugins: [createGraphQLPlugin(createToClientError(logger), metrics)],
    // The rest of what Yoga can do is done around it, or not wanted.
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    multipart: false,
    logging: false,
    maskedErrors: false,
    parserAndValidationCache: false,
    maxRequestBodySize: false,
  })
}

async function ask(yoga: Yoga, exchange: Exchange, body: string | undefined): Promise<Reply> {
  const accept = preferredMediaType(exchange.headers.accept)
  const response = await yoga.fetch(
    `http://localhost/graphql?${exchange.query}`,
    body === undefined
      ? { headers: { accept } }
      : { method: 'POST', headers: { accept, 'content-type': 'application/json' }, body },
    { exchange },
  )
  return {
    status: response.status,
    headers: { ...Object.fromEntries(response.headers), 'cache-control': 'no-store' },
    body: await response.text(),
  }
}

function isJson(contentType = ''): boolean {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/json'
}
