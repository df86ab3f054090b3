import { checkNames, listParameter, parseNameList } from './name-list.js'
import { type GrammarIssue, type Origin, ParameterError } from './parameters/issue.js'
import type { LocatedText } from './parameters/located-text.js'

/** Which fields a client may choose. Made by {@link defineFieldsSchema}. */
export interface FieldsSchema<F extends string> {
  readonly fields: readonly F[]
  /** Other names that people try, and the field that each of them means: an error then suggests it. Default: none. */
  readonly synonyms?: ReadonlyMap<string, F>
}

/**
 * Declares the fields that a client may choose.
 *
 * @param synonyms other names that people try, in lower case; they are refused with the field that is meant. Default: none
 * @throws TypeError for a name that the grammar has no room for.
 */
export function defineFieldsSchema<const F extends string>(
  fields: readonly F[],
  synonyms: Readonly<Record<string, NoInfer<F>>> = {},
): FieldsSchema<F> {
  checkNames(fields)
  return { fields, synonyms: new Map(Object.entries(synonyms)) }
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
  const { fields, synonyms = new Map<string, F>() } = schema
  const rules = { known: fields, maxLength: fields.length, prefix: '', synonyms } as const
  return parseNameList(rules, origin, text, issues).map(({ name }) => name)
}

/** Writes a choice of fields as {@link parseFields} reads it, before percent-encoding. */
export function printFields(fields: readonly string[]): string {
  return fields.join(',')
}
