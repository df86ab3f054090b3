import { checkNames, listParameter, parseNameList } from './name-list.js'
import { type GrammarIssue, type Origin, ParameterError } from './parameters/issue.js'
import type { LocatedText } from './parameters/located-text.js'

/** Which fields a client may choose. Made by {@link defineFieldsSchema}. */
export interface FieldsSchema<F extends string> {
  readonly fields: readonly F[]
}

/**
 * Declares the fields that a client may choose.
 *
 * @throws TypeError for a name that the grammar has no room for.
 */
export function defineFieldsSchema<const F extends string>(fields: readonly F[]): FieldsSchema<F> {
  checkNames(fields)
  return { fields }
}

/**
 * Reads the value of a `fields` parameter, decoded: names between commas. The empty text is the empty list.
 *
 * @throws ParameterError (BAD_USER_INPUT) listing every mistake; positions count in `text`.
 *
 * @example parseFields(schema, 'id,status') // ['id', 'status']
 */
export function parseFields<F extends string>(schema: FieldsSchema<F>, text: string): readonly F[] {
  const issues: GrammarIssue[] = []
  const given = listParameter('fields', text, issues)
  const names = buildFields(schema, given.origin, given.text, issues)
  if (issues.length > 0) throw new ParameterError('BAD_USER_INPUT', issues)
  return names
}

/** Fields : empty | Field ( "," Field )* */
export function buildFields<F extends string>(
  schema: FieldsSchema<F>,
  origin: Origin,
  text: LocatedText,
  issues: GrammarIssue[],
): readonly F[] {
  const rules = { known: schema.fields, maxLength: schema.fields.length, prefix: '' } as const
  return parseNameList(rules, origin, text, issues).map(({ name }) => name)
}

/** Writes a choice of fields as {@link parseFields} reads it, before percent-encoding. */
export function printFields(fields: readonly string[]): string {
  return fields.join(',')
}
