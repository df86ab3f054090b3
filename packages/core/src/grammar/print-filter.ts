import { toUntyped, writeClause, type UntypedClause, type WrittenParameter } from './clause.js'
import { isListOperator, parameterName } from './operator.js'
import { issueWithoutPlace, ParameterError, type GrammarIssue } from './parameters/issue.js'
import type { FieldDefinition, FieldDefinitions, FilterSchema, FilterTree } from './schema.js'
import { allowedValues, printValue } from './value.js'

/**
 * Writes a syntax tree as a percent-encoded query string in canonical form; `parseFilter` reads the same tree back.
 *
 * @throws ParameterError (INVALID_FILTER) for a tree that has no text: the same field and operator twice, or a value
 *   that the field cannot have, such as a time outside the years 0001 to 9999, text with a lone surrogate, and text that
 *   the field's `read` would change.
 *
 * @example printFilter(schema, [{ field: 'status', operator: 'in', values: ['sent', 'failed'] }])
 * // 'filter%5Bstatus%5D%5Bin%5D=sent,failed'
 */
export function printFilter<D extends FieldDefinitions>(
  schema: FilterSchema<D>,
  tree: FilterTree<D>,
): string {
  return printClauses(
    schema.fields,
    tree.map((node) => toUntyped<D>(node)),
  )
}

/** {@link printFilter} for clauses whose types are not known. */
export function printClauses(fields: FieldDefinitions, clauses: readonly UntypedClause[]): string {
  const issues: GrammarIssue[] = []
  checkRepetition(clauses, issues)
  const parameters = clauses.flatMap((clause) => printOne(fields, clause, issues))
  if (issues.length > 0) throw new ParameterError('INVALID_FILTER', issues)
  return parameters.map(encode).join('&')
}

function checkRepetition(clauses: readonly UntypedClause[], issues: GrammarIssue[]): void {
  const names = new Set<string>()
  for (const { field, operator } of clauses) {
    const name = parameterName(field, operator)
    if (names.has(name)) issues.push(issueWithoutPlace(name, REPEATED))
    names.add(name)
  }
}

function printOne(
  fields: FieldDefinitions,
  { field, operator, values }: UntypedClause,
  issues: GrammarIssue[],
): readonly WrittenParameter[] {
  const name = parameterName(field, operator)
  const definition: FieldDefinition | undefined = Object.hasOwn(fields, field) ? fields[field] : undefined
  if (definition === undefined) {
    issues.push(issueWithoutPlace(name, { ...UNKNOWN_FIELD, allowed: Object.keys(fields) }))
    return []
  }
  if (!isListOperator(operator) && values.length !== 1) issues.push(issueWithoutPlace(name, ONE_VALUE))
  const texts = values.map((value) => printValue(definition, operator, value))
  if (texts.includes(undefined)) {
    issues.push(issueWithoutPlace(name, { ...NO_TEXT, allowed: allowedValues(definition, false) }))
  }
  return writeClause(
    field,
    operator,
    texts.filter((text) => text !== undefined),
  )
}

/** Commas and colons may stand in a query as they are, and lists and times are easier to read with them. */
function encode([name, value]: WrittenParameter): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')}`
}

const REPEATED = {
  code: 'REPEATED_PARAMETER',
  problem: 'a query can contain this field and operator only once.',
} as const
const UNKNOWN_FIELD = { code: 'UNKNOWN_FIELD', problem: 'the schema has no such filter field.' } as const
const ONE_VALUE = { code: 'INVALID_VALUE', problem: 'the operator takes exactly one value.' } as const
const NO_TEXT = {
  code: 'INVALID_VALUE',
  problem: 'a value cannot be written so that it is read back unchanged.',
} as const
