import type { Archive } from '@waybill/archive'
import type { PhoneOptions } from '@waybill/core'
import type { Logger, ServerLimits } from '@waybill/runtime'
import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  getOperationAST,
  GraphQLError,
  Kind,
} from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { ViewOf } from '../access/caller-view.js'
import { createArchiveLoaders } from '../schema/archive-loaders.js'
import type { OperationContext } from '../schema/context.js'
import { createMessageLoaders } from '../schema/message-loaders.js'
import { schema } from '../schema/schema.js'
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

export interface GraphQLEndpointOptions {
  readonly viewOf: ViewOf
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly limits: ServerLimits
  readonly logger: Logger
  readonly metrics: Metrics
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
  const { viewOf, archive, phones, limits, logger } = options
  return createYoga<RequestContext, BoundedContext>({
    schema,
    context: ({ exchange }) => {
      const view = viewOf(exchange.caller)
      const guard = createOperationGuard(limits, exchange.signal)
      const { signal } = guard
      const allowance = createUpstreamAllowance(
        limits.maxUpstreamRequests,
        exchange.callerKey,
        admission.upstream,
      )
      return {
        ...view,
        archive,
        phones,
        loaders: {
          ...createMessageLoaders(view.engine, signal, allowance),
          ...createArchiveLoaders(archive),
        },
        signal,
        allowance,
        meter: guard,
        guard,
      }
    },
    plugins: [createGraphQLPlugin(createToClientError(logger), options, admission)],
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

/** How Yoga reads, runs and answers an operation here. */
function createGraphQLPlugin(
  toClientError: ToClientError,
  { limits, metrics }: GraphQLEndpointOptions,
  { cost: costs }: Admission,
): Plugin<RequestContext & BoundedContext, RequestContext> {
  const reader = createDocumentReader(limits)
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
      setParseFn(reader.parse)
    },
    onValidate({ setValidationFn }) {
      setValidationFn(reader.validate)
    },
    onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
      const { document, operationName } = args as ExecutionArgs
      const { exchange, guard, sources } = args.contextValue
      const operation = getOperationAST(document, operationName)
      if (operation) {
        const cost = measureCost({
          schema,
          operation,
          fragments: fragmentsOf(document),
          variables: (args.variableValues ?? {}) as Record<string, unknown>,
          sources: sources.size,
        })
        exchange.operation = { name: operation.name?.value, cost }
        const refusal = spendCost(cost, limits, costs, exchange.callerKey)
        if (refusal !== null) return setResultAndStopExecution({ errors: [refusal] })
      }
      const roundedError = checkVariables(args.variableValues)
      if (roundedError !== null) return setResultAndStopExecution({ errors: [roundedError] })
      // Yoga's own executor does not follow the release of graphql that the schema is built with.
      setExecuteFn((execution: ExecutionArgs) =>
        guard.run(() => execute({ ...execution, abortSignal: guard.signal })),
      )
    },
    onResultProcess({ result, setResult, serverContext: { exchange } }) {
      if (exchange.signal.aborted || !isResult(result)) return metrics.operation('CLIENT_GONE')
      const errors = (result.errors ?? []).map(toClientError)
      const cost =
        exchange.operation && describeCost(exchange.operation.cost, limits, costs, exchange.callerKey)
      if (errors.length > 0 || cost !== undefined) {
        setResult({ ...result, ...(errors.length > 0 && { errors }), ...(cost && { extensions: { cost } }) })
      }
      const outcome = outcomeOf(errors)
      if (outcome !== 'OK') exchange.code = outcome
      metrics.operation(outcome)
    },
  }
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  return new Map((fragments as FragmentDefinitionNode[]).map((one) => [one.name.value, one]))
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
