import { checkNames, listParameter, parseNameList } from './name-list.js'
import { type GrammarIssue, type Origin, ParameterError } from './parameters/issue.js'
import type { LocatedText } from './parameters/located-text.js'

export type SortDirection = 'asc' | 'desc'

/** Which orders there are. Made by {@link defineSortSchema}. */
export interface SortSchema<F extends string> {
  readonly fields: readonly F[]
  /** How many fields one sort may name. */
  readonly maxTerms: number
}

/** One criterion of a sort; the first decides, the next where the first is equal. */
export interface SortTerm<F extends string> {
  readonly field: F
  readonly direction: SortDirection
}

/**
 * Declares the fields that one can sort by.
 *
 * @throws TypeError for a name that the grammar has no room for.
 */
export function defineSortSchema<const F extends string>(
  fields: readonly F[],
  options: { readonly maxTerms?: number } = {},
): SortSchema<F> {
  checkNames(fields)
  return { fields, maxTerms: options.maxTerms ?? fields.length }
}

/**
 * Reads the value of a `sort` parameter, decoded: names between commas, `-` before one for descending.
 * The empty text is the empty list.
 *
 * @throws ParameterError (BAD_USER_INPUT) listing every mistake; positions count in `text`.
 *
 * @example parseSort(schema, '-created_at') // [{ field: 'created_at', direction: 'desc' }]
 */
export function parseSort<F extends string>(schema: SortSchema<F>, text: string): readonly SortTerm<F>[] {
  const issues: GrammarIssue[] = []
  const given = listParameter('sort', text, issues)
  const terms = buildSort(schema, given.origin, given.text, issues)
  if (issues.length > 0) throw new ParameterError('BAD_USER_INPUT', issues)
  return terms
}

/** Sort : empty | Term ( "," Term )*   Term : "-"? Field */
export function buildSort<F extends string>(
  schema: SortSchema<F>,
  origin: Origin,
  text: LocatedText,
  issues: GrammarIssue[],
): readonly SortTerm<F>[] {
  const rules = { known: schema.fields, maxLength: schema.maxTerms, prefix: '-' } as const
  return parseNameList(rules, origin, text, issues).map(({ name, prefixed }) => ({
    field: name,
    direction: prefixed ? 'desc' : 'asc',
  }))
}

/** Writes a sort as {@link parseSort} reads it, before percent-encoding. */
export function printSort(terms: readonly SortTerm<string>[]): string {
  return terms.map(({ field, direction }) => (direction === 'desc' ? `-${field}` : field)).join(',')
}
