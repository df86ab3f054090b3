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

export interface GraphQLEndpointOptions {
  readonly viewOf: ViewOf
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly logger: Logger
  readonly metrics: Metrics
}

/** Answers GraphQL over HTTP. */
export type Yoga = YogaServerInstance<RequestContext, OperationContext>

/** Yoga with the schema, and with our own reading, running and wording of operations. */
export function createYogaServer(options: GraphQLEndpointOptions): Yoga {
  const { viewOf, archive, phones, logger, metrics } = options
  return createYoga<RequestContext, OperationContext>({
    schema,
    context: ({ exchange: { caller, signal } }) => {
      const view = viewOf(caller)
      return {
        ...view,
        archive,
        phones,
        loaders: { ...createMessageLoaders(view.engine, signal), ...createArchiveLoaders(archive) },
        signal,
      }
    },
    plugins: [createGraphQLPlugin(createToClientError(logger), metrics)],
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
    onResultProcess({ result, setResult, serverContext: { exchange } }) {
      if (exchange.signal.aborted || !isResult(result)) return metrics.operation('CLIENT_GONE')
      const errors = (result.errors ?? []).map(toClientError)
      if (errors.length > 0) setResult({ ...result, errors })
      const outcome = outcomeOf(errors)
      if (outcome !== 'OK') exchange.code = outcome
      metrics.operation(outcome)
    },
  }
}

// Batches and streams are turned off, so a result is one object.
function isResult(result: object): result is ExecutionResult {
  return !Array.isArray(result)
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
