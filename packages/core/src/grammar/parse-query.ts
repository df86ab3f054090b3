import { type FieldsSchema, buildFields } from './fields.js'
import { type GrammarIssue, type Origin, ParameterError, issueAt } from './parameters/issue.js'
import type { LocatedText } from './parameters/located-text.js'
import type { Parameter, ParameterReading } from './parameters/parameter.js'
import { type QueryInput, readParameters } from './parameters/read-parameters.js'
import { buildFilter } from './parse-filter.js'
import type { FieldDefinitions, FilterSchema, FilterTree } from './schema.js'
import { type SortSchema, type SortTerm, buildSort } from './sort.js'

/** What a query may hold. */
export interface QuerySchema<D extends FieldDefinitions, S extends string, F extends string> {
  readonly filter: FilterSchema<D>
  readonly sort: SortSchema<S>
  readonly fields: FieldsSchema<F>
}

export interface Query<D extends FieldDefinitions, S extends string, F extends string> {
  readonly filter: FilterTree<D>
  /** Empty where the query names none. */
  readonly sort: readonly SortTerm<S>[]
  /** Null where the query does not choose. */
  readonly fields: readonly F[] | null
}

/**
 * Reads `filter[…]`, `sort` and `fields` out of one query. All other parameters are passed over.
 *
 * @throws ParameterError listing every mistake: BAD_USER_INPUT when only `sort` and `fields` are wrong, else INVALID_FILTER.
 */
export function parseQuery<D extends FieldDefinitions, S extends string, F extends string>(
  schema: QuerySchema<D, S, F>,
  input: QueryInput,
): Query<D, S, F> {
  const { issues, parameters } = readAll(input, schema.filter.maxLength)
  const filters = parameters.filter(({ root }) => root === 'filter')
  const sort = single(parameters, 'sort', issues)
  const fields = single(parameters, 'fields', issues)
  const query = {
    filter: buildFilter(schema.filter, filters, issues),
    sort: sort === null ? [] : buildSort(schema.sort, sort.origin, sort.value, issues),
    fields: fields === null ? null : buildFields(schema.fields, fields.origin, fields.value, issues),
  }
  if (issues.length > 0)
    throw new ParameterError(isAboutFilter(issues) ? 'INVALID_FILTER' : 'BAD_USER_INPUT', issues)
  return query
}

function readAll(input: QueryInput, maxLength: number): ParameterReading {
  const reading: ParameterReading = {
    roots: ['filter', 'sort', 'fields'],
    maxLength,
    parameters: [],
    issues: [],
  }
  readParameters(reading, input)
  return reading
}

interface Single {
  readonly origin: Origin
  readonly value: LocatedText
}

/** The parameter that may stand once, without brackets. */
function single(parameters: readonly Parameter[], root: string, issues: GrammarIssue[]): Single | null {
  let first: Single | null = null
  for (const { root: found, origin, name, path, value } of parameters) {
    if (found !== root) continue
    if (path.length > 0 || value === null)
      issues.push(issueAt(origin, name.span, { ...BRACKETS, allowed: [root] }))
    else if (first !== null)
      issues.push(issueAt(origin, name.span, { ...REPEATED, allowed: [`${root} once`] }))
    else first = { origin, value }
  }
  return first
}

function isAboutFilter(issues: readonly GrammarIssue[]): boolean {
  return issues.some(({ parameter }) => parameter === null || /^filter(?:\[|$)/.test(parameter))
}

const BRACKETS = {
  code: 'MALFORMED_PARAMETER',
  problem: 'the parameter takes no brackets and no list.',
} as const
const REPEATED = { code: 'REPEATED_PARAMETER', problem: 'the parameter is repeated.' } as const
