import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  type ParseOptions,
  type Source,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
} from 'graphql'
import type { ServerLimits } from '@waybill/runtime'
import { documentLimitsRule } from './limits/document-limits.js'
import { limitError } from './limits/limit-error.js'

const RULES: readonly ValidationRule[] = specifiedRules.map((rule) =>
  withCode(rule, rule === ValuesOfCorrectTypeRule ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED'),
)

/** Reads and checks documents for a server with these limits. */
export interface DocumentReader {
  /**
   * Parses a GraphQL document.
   * @throws GraphQLError with the code GRAPHQL_PARSE_FAILED, or QUERY_TOO_EXPENSIVE for one that is too long.
   */
  parse(source: string | Source, options?: ParseOptions): DocumentNode
  /** Checks that a document is within the limits and valid. Every error has its code. */
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[]
}

/** @param introspection whether the schema may be queried; where not, no error shows names of it. */
export function createDocumentReader(limits: ServerLimits, introspection: boolean): DocumentReader {
  const rules = introspection ? RULES : [...RULES, withCode(NoSchemaIntrospectionCustomRule, 'FORBIDDEN')]
  const hideSuggestions = !introspection
  const limitsRule = documentLimitsRule(limits)
  const { maxTokens } = limits
  return {
    parse: (source, options) => {
      try {
        return parse(source, { ...options, maxTokens })
      } catch (error) {
        if (error instanceof RangeError || isTooLong(error, maxTokens)) throw tooLong(maxTokens)
        if (error instanceof GraphQLError) error.extensions['code'] = 'GRAPHQL_PARSE_FAILED'
        throw error
      }
    },
    validate: (schema, document) => {
      // First of all: validating an expensive document may itself be expensive.
      const tooLarge = validate(schema, document, [limitsRule])
      return tooLarge.length > 0 ? tooLarge : validate(schema, document, rules, { hideSuggestions })
    },
  }
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

function isTooLong(error: unknown, maxTokens: number): boolean {
  return error instanceof GraphQLError && error.message.includes(`more than ${maxTokens} tokens`)
}

function tooLong(allowed: number): GraphQLError {
  return limitError({
    limit: 'maxTokens',
    asked: null,
    allowed,
    text: `is too long: more than ${allowed} tokens, or nested too deeply`,
    remedy: 'Send long lists as variables.',
  })
}
