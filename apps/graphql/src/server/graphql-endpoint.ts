import { createHash } from 'node:crypto'
import type { Archive } from '@waybill/archive'
import type { PhoneOptions } from '@waybill/core'
import type { GraphQLConfiguration, Logger, ServerLimits } from '@waybill/runtime'
import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  getOperationAST,
  type GraphQLError,
  Kind,
} from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { ViewOf } from '../access/caller-view.js'
import { createArchiveLoaders } from '../schema/archive-loaders.js'
import type { OperationContext } from '../schema/context.js'
import { createMessageLoaders } from '../schema/message-loaders.js'
import { schema } from '../schema/schema.js'
import { checkParameters, explainSyntax } from './check-parameters.js'
import { checkVariables } from './check-variables.js'
import { createToClientError, type ToClientError } from './client-error.js'
import { createDocumentReader } from './document.js'
import type { Exchange } from './exchange.js'
import type { Admission } from './limits/admission.js'
import { describeCost, spendCost } from './limits/cost-budget.js'
import { createOperationGuard, type OperationGuard } from './limits/operation-guard.js'
import { measureCost } from './limits/query-cost.js'
import { createUpstreamAllowance, type UpstreamAllowance } from './limits/upstream-allowance.js'
import type { Metrics } from './metrics.js'
import { inOperationSpan } from './request-trace.js'
import { createPersistedDocuments, DOCUMENT_ID } from './persisted-documents.js'
import { createSubscribe } from './subscriptions.js'

export interface GraphQLEndpointOptions {
  readonly viewOf: ViewOf
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly limits: ServerLimits
  readonly graphql: GraphQLConfiguration
  /** The text of each persisted document by its id. */
  readonly documents: ReadonlyMap<string, string>
  readonly logger: Logger
  readonly metrics: Metrics
  /** Aborted when the server is closing: subscriptions end. */
  readonly closing: AbortSignal
}

/** What a GraphQL request carries from the HTTP server into Yoga. */
export type RequestContext = { readonly exchange: Exchange }

/** What the resolvers of an operation share, and what bounds it. */
interface BoundedContext extends OperationContext {
  readonly guard: OperationGuard
  readonly allowance: UpstreamAllowance
}

/** Answers GraphQL over HTTP. */
export type Yoga = YogaServerInstance<RequestContext, BoundedContext>

/** Yoga with the schema, and with our own reading, running and wording of operations. */
export function createYogaServer(options: GraphQLEndpointOptions, admission: Admission): Yoga {
  const { viewOf, archive, phones, limits, logger, closing } = options
  const toClientError = createToClientError(logger, options.graphql.introspection)
  const contextOf = ({ exchange }: RequestContext): BoundedContext => {
    const view = viewOf(exchange.caller)
    const { expiresAt } = exchange.caller
    const turn = admission.turnOf(exchange.callerKey)
    const guard = createOperationGuard({ limits, client: exchange.signal, turn })
    const { signal } = guard
    const allowance = createUpstreamAllowance({
      limit: limits.maxUpstreamRequests,
      caller: exchange.callerKey,
      callers: admission.upstream,
      // Others work while this operation waits for the answer.
      onSpend: turn.giveBack,
    })
    exchange.upstream = allowance
    const loaders = {
      ...createMessageLoaders(view.engine, signal, allowance),
      ...createArchiveLoaders(archive),
    }
    return {
      ...view,
      archive,
      phones,
      loaders,
      signal,
      allowance,
      meter: guard,
      turn: turn.take,
      guard,
      expiresAt,
      closing,
    }
  }
  const subscribe = createSubscribe({
    toClientError,
    contextOfEvent: (context) => ({ ...(context as object), ...contextOf(context as RequestContext) }),
  })
  return createYoga<RequestContext, BoundedContext>({
    schema,
    context: contextOf,
    plugins: [
      createGraphQLPlugin(options, { toClientError, admission, subscribe }),
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
}

/** How Yoga reads, runs and answers an operation here. */
function createGraphQLPlugin(
  { limits, metrics, graphql }: GraphQLEndpointOptions,
  { toClientError, admission: { cost: costs }, subscribe }: PluginParts,
): Plugin<RequestContext & BoundedContext, RequestContext> {
  const reader = createDocumentReader(limits, graphql.introspection)
  const begin = (
    args: ExecutionArgs,
    { exchange, sources }: RequestContext & BoundedContext,
  ): GraphQLError | null => {
    const { document, operationName } = args
    const operation = getOperationAST(document, operationName)
    if (operation) {
      const cost = measureCost({
        schema,
        operation,
        fragments: fragmentsOf(document),
        variables: args.variableValues ?? {},
        sources: sources.size,
      })
      exchange.operation = { name: operation.name?.value, hash: hashOf(document), cost }
      const refusal = spendCost(cost, limits, costs, exchange.callerKey)
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

function hashOf({ loc }: DocumentNode): string {
  return createHash('sha256')
    .update(loc?.source.body ?? '')
    .digest('hex')
    .slice(0, 16)
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  return new Map((fragments as FragmentDefinitionNode[]).map((one) => [one.name.value, one]))
}

// Batches are turned off: what is no single result is the stream of a subscription.
function isResult(result: object): result is ExecutionResult {
  return !Array.isArray(result) && !(Symbol.asyncIterator in result)
}

function outcomeOf([first]: readonly GraphQLError[]): string {
  const code = first === undefined ? 'OK' : first.extensions['code']
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR'
}
