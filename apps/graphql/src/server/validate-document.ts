import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
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
