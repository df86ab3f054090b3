import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  type ParseOptions,
  type Source,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
} from 'graphql'
import { QueryCostRule } from './query-cost.js'

const RULES: readonly ValidationRule[] = specifiedRules.map((rule) =>
  withCode(rule, rule === ValuesOfCorrectTypeRule ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED'),
)

/** Checks that a document is cheap enough and valid. Every error has its code. */
export function validateDocument(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  // First of all: validating an expensive document may itself be expensive.
  const expensive = validate(schema, document, [QueryCostRule])
  return expensive.length > 0 ? expensive : validate(schema, document, RULES)
}

function withCode(rule: ValidationRule, code: string): ValidationRule {
  return (context) => {
    const reporting = Object.create(context, {
      reportError: {
        value: (error: GraphQLError) => {
          error.extensions['code'] ??= code
          context.reportError(error)
        },
      },
    }) as ValidationContext
    return rule(reporting)
  }
}

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
