import type { Archive } from '@waybill/archive'
import type { PhoneOptions } from '@waybill/core'
import type { Logger } from '@waybill/runtime'
import { execute, type ExecutionArgs, type ExecutionResult, getOperationAST, GraphQLError } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { ViewOf } from '../access/caller-view.js'
import { createArchiveLoaders } from '../schema/archive-loaders.js'
import type { OperationContext } from '../schema/context.js'
import { createMessageLoaders } from '../schema/message-loaders.js'
import { schema } from '../schema/schema.js'
import { checkVariables } from './check-variables.js'
import { createToClientError, type ToClientError } from './client-error.js'
import { parseDocument, validateDocument } from './document.js'
import type { Exchange } from './exchange.js'
import type { Metrics } from './metrics.js'
import { createSubscribe } from './subscriptions.js'

export interface GraphQLEndpointOptions {
  readonly viewOf: ViewOf
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly logger: Logger
  readonly metrics: Metrics
  /** Aborted when the server is closing: subscriptions end. */
  readonly closing: AbortSignal
}

/** Answers GraphQL over HTTP. */
export type Yoga = YogaServerInstance<RequestContext, OperationContext>

/** Yoga with the schema, and with our own reading, running and wording of operations. */
export function createYogaServer(options: GraphQLEndpointOptions): Yoga {
  const { viewOf, archive, phones, logger, metrics, closing } = options
  const toClientError = createToClientError(logger)
  const contextOf = ({ exchange: { caller, signal } }: RequestContext): OperationContext => {
    const view = viewOf(caller)
    const loaders = { ...createMessageLoaders(view.engine, signal), ...createArchiveLoaders(archive) }
    return { ...view, archive, phones, loaders, signal, closing }
  }
  const subscribe = createSubscribe({
    toClientError,
    contextOfEvent: (context) => ({ ...(context as object), ...contextOf(context as RequestContext) }),
  })
  return createYoga<RequestContext, OperationContext>({
    schema,
    context: contextOf,
    plugins: [createGraphQLPlugin(toClientError, metrics, subscribe)],
    // Fastify routes, bounds bodies and answers other origins; the page of GraphiQL is our own.
    graphiql: false,
    landingPage: false,
    cors: false,
    maxRequestBodySize: false,
    // Not wanted.
    batching: false,
    multipart: false,
    // The plugin does both for every error, those of parsing and validation included.
    logging: false,
    maskedErrors: false,
    parserAndValidationCache: false,
  })
}

/** What a GraphQL request carries from the HTTP server into Yoga. */
export type RequestContext = { readonly exchange: Exchange }

type OperationArgs = ExecutionArgs & { readonly contextValue: RequestContext }

/** How Yoga reads, runs and answers an operation here. */
function createGraphQLPlugin(
  toClientError: ToClientError,
  metrics: Metrics,
  subscribe: ReturnType<typeof createSubscribe>,
): Plugin<RequestContext, RequestContext> {
  return {
    onRequestParse({ requestParser, setRequestParser }) {
      if (requestParser !== undefined) {
        setRequestParser((request) => explainSyntax(async () => requestParser(request)))
      }
    },
    onParams({ params, setParams }) {
      // GraphQL over HTTP treats an empty name as absent.
      const { operationName, ...others } = params
      if (operationName === '') setParams(others)
    },
    onParse({ setParseFn }) {
      setParseFn(parseDocument)
    },
    onValidate({ setValidationFn }) {
      setValidationFn(validateDocument)
    },
    onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
      const { document, operationName, contextValue } = args as OperationArgs
      const { exchange } = contextValue
      exchange.operation = { name: getOperationAST(document, operationName)?.name?.value }
      const roundedError = checkVariables(args.variableValues)
      if (roundedError !== null) return setResultAndStopExecution({ errors: [roundedError] })
      // Yoga's own executor does not follow the release of graphql that the schema is built with.
      setExecuteFn((execution: ExecutionArgs) => execute({ ...execution, abortSignal: exchange.signal }))
    },
    onSubscribe({ args, setSubscribeFn, setResultAndStopExecution }) {
      const { document, operationName, contextValue } = args as OperationArgs
      const { exchange } = contextValue
      exchange.operation = { name: getOperationAST(document, operationName)?.name?.value }
      const roundedError = checkVariables(args.variableValues)
      if (roundedError !== null) return setResultAndStopExecution({ errors: [roundedError] })
      setSubscribeFn(subscribe)
    },
    onResultProcess({ result, setResult, serverContext: { exchange } }) {
      if (exchange.signal.aborted) return metrics.operation('CLIENT_GONE')
      if (!isResult(result)) return metrics.operation('OK')
      const errors = (result.errors ?? []).map(toClientError)
      if (errors.length > 0) setResult({ ...result, errors })
      const outcome = outcomeOf(errors)
      if (outcome !== 'OK') exchange.code = outcome
      metrics.operation(outcome)
    },
  }
}

// Batches are turned off: what is no single result is the stream of a subscription.
function isResult(result: object): result is ExecutionResult {
  return !Array.isArray(result) && !(Symbol.asyncIterator in result)
}

function outcomeOf([first]: readonly GraphQLError[]): string {
  const code = first === undefined ? 'OK' : first.extensions['code']
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR'
}

// Yoga explains a body that is not JSON, and lets the parameters of a URL that are not JSON fall through.
async function explainSyntax<Parameters>(parse: () => Promise<Parameters>): Promise<Parameters> {
  try {
    return await parse()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new GraphQLError('`variables` and `extensions` must be JSON.', {
      extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
    })
  }
}
