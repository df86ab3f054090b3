import { execute, type ExecutionArgs, type ExecutionResult, getOperationAST, GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { checkVariables } from './check-variables.js'
import type { ToClientError } from './client-error.js'
import type { Exchange } from './exchange.js'
import type { Metrics } from './metrics.js'
import { parseDocument } from './parse-document.js'
import { validateDocument } from './validate-document.js'

/** What a GraphQL request carries from the HTTP server into Yoga. */
export type RequestContext = { readonly exchange: Exchange }

type OperationArgs = ExecutionArgs & { readonly contextValue: RequestContext }

/** How Yoga reads, runs and answers an operation here. */
export function createGraphQLPlugin(
  toClientError: ToClientError,
  metrics: Metrics,
): Plugin<RequestContext, RequestContext> {
  return {
    onRequestParse({ requestParser, setRequestParser }) {
      if (requestParser !== undefined) {
        setRequestParser((request) => explainSyntax(async () => requestParser(request)))
      }
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
      exchange.operationName = getOperationAST(document, operationName)?.name?.value
      const roundedError = checkVariables(args.variableValues)
      if (roundedError !== null) return setResultAndStopExecution({ errors: [roundedError] })
      // Yoga's own executor does not follow the release of graphql that the schema is built with.
      setExecuteFn((execution: ExecutionArgs) => execute({ ...execution, abortSignal: exchange.signal }))
    },
    onResultProcess({ result, setResult, serverContext: { exchange } }) {
      if (exchange.signal.aborted || !isResult(result)) return metrics.operation('CLIENT_GONE')
      const errors = (result.errors ?? []).map(toClientError)
      if (errors.length > 0) setResult({ ...result, errors })
      metrics.operation(outcomeOf(errors))
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
