import { GraphQLError } from 'graphql'
import type { GraphQLParams } from 'graphql-yoga'
import { DOCUMENT_ID } from './persisted-documents.js'

/** How deep objects and lists may be nested in parameters; no input of the schema is nested half as deep. */
export const DEEPEST = 32

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

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1))
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } })
}
