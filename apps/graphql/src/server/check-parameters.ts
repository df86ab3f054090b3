import { GraphQLError } from 'graphql'
import type { GraphQLParams } from 'graphql-yoga'
import { DOCUMENT_ID } from './persisted-documents.js'

/** How deep objects and lists may be nested in parameters; no input of the schema is nested half as deep. */
const DEEPEST = 32

/** The parameters that Yoga takes whatever their type. */
const TEXTS = ['operationName', DOCUMENT_ID] as const

const NESTED = ['variables', 'extensions'] as const

/**
 * The parameters of a request; an empty name of an operation is as if absent (GraphQL over HTTP, section 4.2).
 * @throws GraphQLError for one that is no text, or is nested so deep that it could exhaust the stack of whoever reads it
 */
export function checkParameters(params: GraphQLParams): GraphQLParams {
  for (const name of TEXTS) {
    const value: unknown = Reflect.get(params, name)
    if (value !== undefined && value !== null && typeof value !== 'string')
      throw badRequest(`\`${name}\` must be text, not ${Array.isArray(value) ? 'an array' : typeof value}.`)
  }
  for (const name of NESTED) {
    if (isDeeper(params[name], DEEPEST))
      throw badRequest(`\`${name}\` may nest objects and lists ${DEEPEST} deep at most.`)
  }
  const { operationName, ...others } = params
  return operationName === '' ? others : params
}

/**
 * Reads parameters with an error in words: Yoga explains a body that is not JSON, and lets the parameters of a URL that are not
 * JSON fall through.
 */
export async function explainSyntax<Parameters>(parse: () => Promise<Parameters>): Promise<Parameters> {
  try {
    return await parse()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw badRequest('`variables` and `extensions` must be JSON.')
  }
}

/** A shorter text cannot be nested so deep that reading it needs much memory. */
const SHORT = 16_384

/**
 * The error for a body in JSON that is nested deeper than any request; null for one that is not. It is found before the body is
 * parsed, which takes a hundred bytes of memory for each level.
 */
export function checkNesting(body: string): string | null {
  if (body.length < SHORT) return null
  let depth = 0
  for (let index = 0; index < body.length; index += 1) {
    const character = body.charCodeAt(index)
    if (character === QUOTE) index = endOfString(body, index)
    else if (character === OPEN_OBJECT || character === OPEN_LIST) depth += 1
    else if (character === CLOSE_OBJECT || character === CLOSE_LIST) depth -= 1
    // The parameters themselves are two levels.
    if (depth > DEEPEST + 2) return `A request may nest objects and lists ${DEEPEST} deep at most.`
  }
  return null
}

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d,
]

function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text.charCodeAt(index) !== QUOTE)
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1
  return index
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1))
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } })
}
