import { randomUUID } from 'node:crypto'
import { UpstreamError, WaybillError } from '@waybill/core'
import { GraphQLError, type GraphQLErrorExtensions, type GraphQLHTTPErrorExtensions } from 'graphql'
import { schema } from '../schema/schema.js'
import { type AllowedInput, findAllowed } from './allowed-input.js'
import { describeDefect, type Logger } from '@waybill/runtime'
import { shownName } from './shown-name.js'

/** Makes of any error what a client may see of it. */
export type ToClientError = (error: GraphQLError) => GraphQLError

/**
 * Errors that Waybill throws on purpose, and those that GraphQL finds in what the client sent, keep their message and
 * get their code. Anything else is a defect: it is logged, and the client gets a number under which to find it.
 */
export function createToClientError(logger: Logger, showsSchema: boolean): ToClientError {
  return (error) => {
    const cause = rootCause(error)
    if (cause instanceof WaybillError) {
      const extensions = extensionsOf(cause)
      if (cause.cause !== undefined)
        logger.warn(cause.message, { ...extensions, cause: describeDefect(cause.cause) })
      return restate(error, cause.message, extensions)
    }
    if (cause instanceof GraphQLError && isCallersFault(error, cause))
      return restateCallersFault(error, showsSchema)
    const id = randomUUID()
    logger.error('Unexpected error', { id, error: describeDefect(cause), path: shownPath(error.path) })
    return restate(error, 'Unexpected error. The log of the server has it under this id.', {
      code: 'INTERNAL_SERVER_ERROR',
      id,
    })
  }
}

/** A path for the log: the names in it are what the client calls them. */
function shownPath(path: GraphQLError['path']): string | undefined {
  return path?.map((step) => (typeof step === 'string' ? shownName(step) : step)).join('.')
}

/** How much of what GraphQL says of a query goes back, in UTF-16 code units. */
const LONGEST_MESSAGE = 1000

/** What Yoga says where a document has several operations, or none of the given name. */
const UNKNOWN_OPERATION = 'Could not determine what operation to execute.'
const WHICH_OPERATION = ' Send the name of one of its operations as `operationName`.'

/** The codes that parsing and validation give; Yoga has others for what is wrong with a request. */
const CALLERS_CODES: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'QUERY_TOO_EXPENSIVE',
  'RATE_LIMITED',
  'FORBIDDEN',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
])

/** What our own limits add to an error. */
const OWN_EXTENSIONS = ['limit', 'asked', 'allowed', 'cost', 'retryAfterSeconds'] as const

function rootCause(error: GraphQLError): unknown {
  const inner: unknown = error.originalError
  return inner instanceof GraphQLError ? rootCause(inner) : (inner ?? error)
}

// An error without a path came up before execution, one with nodes of its own points at an argument.
// What is left is a value of ours that a type of the schema cannot represent.
function isCallersFault(error: GraphQLError, cause: GraphQLError): boolean {
  return error.extensions['unexpected'] !== true && (error.path === undefined || cause.nodes !== undefined)
}

function restateCallersFault(error: GraphQLError, showsSchema: boolean): GraphQLError {
  const { code, ...others } = error.extensions
  const own = OWN_EXTENSIONS.filter((name) => name in others).map((name) => [name, others[name]] as const)
  const found = showsSchema ? findAllowed(error.message, schema) : null
  return restate(
    error,
    shorten(error.message) +
      (error.message === UNKNOWN_OPERATION ? WHICH_OPERATION : '') +
      (found === null ? '' : hint(error.message, found)),
    {
      ...(found !== null && { allowed: found.allowed }),
      ...Object.fromEntries(own),
      code: typeof code === 'string' && CALLERS_CODES.has(code) ? code : 'BAD_USER_INPUT',
      ...(error.path === undefined && { http: statusOf(error) }),
    },
  )
}

function hint(message: string, { allowed, nearest }: AllowedInput): string {
  const guess =
    nearest === null || message.includes('Did you mean') ? '' : ` Did you mean ${JSON.stringify(nearest)}?`
  return `${/[.?!]$/.test(message) ? '' : '.'}${guess} Allowed: ${allowed.join(', ')}.`
}

// GraphQL quotes what it was given, however long that is.
function shorten(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}…` : message
}

// With `spec` the status holds under application/graphql-response+json only; under application/json it is 200.
// A request in which Yoga finds no GraphQL at all, and one too many, are refused under both.
function statusOf({ extensions: { code, http } }: GraphQLError): GraphQLHTTPErrorExtensions {
  const isAboutHttp = code === 'BAD_REQUEST' || code === 'RATE_LIMITED'
  return { ...http, spec: !isAboutHttp, status: http?.status ?? 400 }
}

function extensionsOf(error: WaybillError): GraphQLErrorExtensions {
  const seconds = error instanceof UpstreamError ? error.retryAfterSeconds : undefined
  return {
    code: error.code,
    ...('source' in error && error.source !== undefined && { source: error.source }),
    ...(seconds !== undefined && { retryAfterSeconds: Math.ceil(seconds) }),
  }
}

function restate(error: GraphQLError, message: string, extensions: GraphQLErrorExtensions): GraphQLError {
  const { nodes, source, positions, path } = error
  // An error without nodes comes from the parser, which knows the position only. With nodes, `source` is whatever the
  // original error calls by that name.
  const place = nodes === undefined ? { source, positions } : { nodes }
  return new GraphQLError(message, { ...place, path, extensions })
}
