import type { GraphQLConfiguration, Logger, ServerLimits } from '@waybill/runtime'
import { execute, type ExecutionArgs, type ExecutionResult, type GraphQLError } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import { schema } from '../schema/schema.js'
import { checkParameters, explainSyntax } from './check-parameters.js'
import { checkVariables } from './check-variables.js'
import { createToClientError, type ToClientError } from './client-error.js'
import type { Admission } from './limits/admission.js'
import { describeCost, spendCost } from './limits/cost-budget.js'
import { NOTHING_HELD } from './limits/held-bytes.js'
import { measureCost } from './limits/query-cost.js'
import { countSingleRequests } from './limits/single-requests.js'
import type { Metrics } from './metrics.js'
import type { BoundedContext, ContextOf, RequestContext } from './operation-context.js'
import { inOperationSpan } from './request-trace.js'
import { createPersistedDocuments, DOCUMENT_ID } from './persisted-documents.js'
import type { Documents } from './prepared/documents.js'
import { createSubscribe } from './subscriptions.js'

export interface GraphQLEndpointOptions {
  readonly limits: ServerLimits
  readonly graphql: GraphQLConfiguration
  /** The text of each persisted document by its id. */
  readonly documents: ReadonlyMap<string, string>
  readonly logger: Logger
  readonly metrics: Metrics
}

/** What Yoga is made from, beside the options of the endpoint. */
export interface YogaParts {
  readonly admission: Admission
  readonly contextOf: ContextOf
  readonly documents: Documents
}

/** Answers GraphQL over HTTP. */
export type Yoga = YogaServerInstance<RequestContext, BoundedContext>

/** Yoga with the schema, and with our own reading, running and wording of operations. */
export function createYogaServer(
  options: GraphQLEndpointOptions,
  { admission, contextOf, documents: reader }: YogaParts,
): Yoga {
  const toClientError = createToClientError(options.logger, options.graphql.introspection)
  const subscribe = createSubscribe({
    toClientError,
    hasLeft: (context) => (context as RequestContext).exchange.signal.aborted,
    runEvent: (context, executeEvent) => {
      const own = contextOf(context as RequestContext)
      return own.guard.run(() => executeEvent({ ...(context as object), ...own }))
    },
  })
  return createYoga<RequestContext, BoundedContext>({
    schema,
    context: contextOf,
    plugins: [
      createGraphQLPlugin(options, { toClientError, admission, subscribe, reader }),
      createPersistedDocuments({ mode: options.graphql.documents, documents: options.documents }),
    ],
    extraParamNames: [DOCUMENT_ID],
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

interface PluginParts {
  readonly toClientError: ToClientError
  readonly admission: Admission
  readonly subscribe: ReturnType<typeof createSubscribe>
  readonly reader: Documents
}

/** How Yoga reads, runs and answers an operation here. */
function createGraphQLPlugin(
  { limits, metrics, graphql }: GraphQLEndpointOptions,
  { toClientError, admission: { cost: costs }, subscribe, reader }: PluginParts,
): Plugin<RequestContext & BoundedContext, RequestContext> {
  const begin = (
    args: ExecutionArgs,
    { exchange, sources, seesContent, allowance, begun }: RequestContext & BoundedContext,
  ): GraphQLError | null => {
    if (begun !== undefined) return null
    const { document, operationName } = args
    const known = reader.of(document)
    const operation = known.operation(operationName ?? undefined)?.operation
    if (operation) {
      const { fragments, hash } = known
      const variables = args.variableValues ?? {}
      const cost = measureCost({ schema, operation, fragments, variables, sources: sources.size })
      exchange.operation = { name: operation.name?.value, hash, cost }
      // Whoever may not see details causes no request for them.
      const requests = seesContent
        ? countSingleRequests({ schema, operation, fragments, variables, sources })
        : 0
      const refusal = allowance.refusal(requests) ?? spendCost(cost, limits, costs, exchange.callerKey)
      if (refusal !== null) return refusal
    }
    return checkVariables(args.variableValues)
  }
  return {
    onRequestParse({ requestParser, setRequestParser }) {
      if (requestParser !== undefined) {
        setRequestParser((request) => explainSyntax(async () => requestParser(request)))
      }
    },
    onParams({ params, setParams }) {
      setParams(checkParameters(params))
    },
    onParse({ setParseFn }) {
      setParseFn(reader.parse)
    },
    onValidate({ setValidationFn }) {
      setValidationFn(reader.validate)
    },
    onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
      const { guard } = args.contextValue
      const refusal = begin(args, args.contextValue)
      if (refusal !== null) return setResultAndStopExecution({ errors: [refusal] })
      // Yoga's own executor does not follow the release of graphql that the schema is built with.
      const run = (execution: ExecutionArgs): Promise<ExecutionResult> =>
        guard.run(() =>
          execute({
            ...execution,
            abortSignal: guard.signal,
            hideSuggestions: !graphql.introspection,
          }),
        )
      const { operation } = args.contextValue.exchange
      setExecuteFn((execution: ExecutionArgs) =>
        operation === undefined ? run(execution) : inOperationSpan(operation, () => run(execution)),
      )
    },
    onSubscribe({ args, setSubscribeFn, setResultAndStopExecution }) {
      const refusal = begin(args, args.contextValue)
      if (refusal !== null) return setResultAndStopExecution({ errors: [refusal] })
      const { guard, exchange } = args.contextValue
      // Each event is sent before the next one is made.
      exchange.held = NOTHING_HELD
      // A subscription is not run by the guard, and ends when its client leaves all the same.
      guard.join(exchange.signal)
      setSubscribeFn(subscribe)
    },
    onResultProcess({ result, setResult, serverContext: { exchange } }) {
      const observe = (outcome: string): void => {
        const { operation, startedAt } = exchange
        metrics.operation({ outcome, name: operation?.name, durationMs: performance.now() - startedAt })
      }
      if (exchange.signal.aborted) return observe('CLIENT_GONE')
      if (!isResult(result)) return observe('OK')
      const errors = (result.errors ?? []).map(toClientError)
      const cost =
        exchange.operation && describeCost(exchange.operation.cost, limits, costs, exchange.callerKey)
      if (errors.length > 0 || cost !== undefined) {
        setResult({ ...result, ...(errors.length > 0 && { errors }), ...(cost && { extensions: { cost } }) })
      }
      const outcome = outcomeOf(errors)
      if (outcome !== 'OK') exchange.code = outcome
      observe(outcome)
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
