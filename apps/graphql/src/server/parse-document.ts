import { type DocumentNode, GraphQLError, parse, type ParseOptions, type Source } from 'graphql'

/** How many tokens a document may have. */
const MAX_TOKENS = 2000

/**
 * Parses a GraphQL document.
 * @throws GraphQLError with the code GRAPHQL_PARSE_FAILED, or QUERY_TOO_EXPENSIVE for one that is too long.
 */
export function parseDocument(source: string | Source, options?: ParseOptions): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens: MAX_TOKENS })
  } catch (error) {
    if (error instanceof RangeError || isTooLong(error)) throw tooLong()
    if (error instanceof GraphQLError) error.extensions['code'] = 'GRAPHQL_PARSE_FAILED'
    throw error
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof GraphQLError && error.message.includes(`more than ${MAX_TOKENS} tokens`)
}

function tooLong(): GraphQLError {
  return new GraphQLError(
    `The query is too long: more than ${MAX_TOKENS} tokens, or nested too deeply. Send long lists as variables.`,
    { extensions: { code: 'QUERY_TOO_EXPENSIVE' } },
  )
}
