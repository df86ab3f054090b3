import {
  defineFilterSchema,
  defineSortSchema,
  findTimeZone,
  type GrammarIssue,
  isTimeClause,
  type MessageFilter,
  nearestName,
  nearestTimeZones,
  ParameterError,
  parseMessageFilter,
  parseMessageSort,
  parseQuery,
  type PhoneOptions,
  printSort,
} from '@waybill/core'
import {
  DEFAULT_CSV,
  DEFAULT_FIELDS,
  EXPORT_FIELDS_SCHEMA,
  type ExportQuery,
  type FileOptions,
  type FormatName,
  namedSources,
  sentSpan,
} from '@waybill/export'
import { type QueryParameter, readParameters } from './query-parameters.js'

/** What a download is asked for. */
export interface DownloadQuery {
  readonly query: ExportQuery
  readonly file: FileOptions
}

export interface DownloadContext {
  readonly format: FormatName
  /** The ids of the sources that exist for the caller. */
  readonly sources: readonly string[]
  /** How phone numbers in filters are read. */
  readonly phones: PhoneOptions | undefined
}

const PARAMETERS = ['filter', 'search', 'sort', 'fields', 'source', 'timeZone'] as const

/** What is written here in another way than on the command line, or inside `filter`. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['since', 'filter[sent_at][gte]'],
  ['until', 'filter[sent_at][lt]'],
  ['q', 'search'],
  ['query', 'search'],
  ['text', 'search'],
  ...['status', 'type', 'direction', 'interaction_id', 'from', 'to', 'phone', 'contact', 'sent_at'].map(
    (field) => [field, `filter[${field}]`] as const,
  ),
])

/**
 * Reads the query string of a download: `filter[…]`, `search`, `sort`, `fields`, `source` (of several, or once with commas) and,
 * for XLSX, `timeZone`.
 *
 * @param search with the question mark, as it was sent
 * @throws ParameterError (INVALID_FILTER) listing everything that is wrong with it.
 */
export function readDownloadQuery(search: string, context: DownloadContext): DownloadQuery {
  const issues: GrammarIssue[] = []
  const parameters = readParameters(search, issues)
  for (const parameter of parameters) checkName(parameter, issues)
  const filter = collect(issues, () => parseMessageFilter(search, context.phones)) ?? []
  checkClauses(filter, parameters, context, issues)
  const { sort, fields } = readSortAndFields(search, parameters, issues)
  const timeZone = readTimeZone(one(parameters, 'timeZone', issues), context.format, issues)
  const query = {
    filter: [...filter, ...readSources(parameters, context.sources, issues)],
    search: one(parameters, 'search', issues)?.value ?? null,
    sort,
  }
  if (issues.length > 0) throw new ParameterError('INVALID_FILTER', issues)
  return { query, file: { format: context.format, fields, csv: DEFAULT_CSV, timeZone } }
}

function checkName(parameter: QueryParameter, issues: GrammarIssue[]): void {
  if ((PARAMETERS as readonly string[]).includes(parameter.root)) return
  issues.push(
    parameter.issue({
      code: 'UNKNOWN_FIELD',
      problem: 'unknown parameter.',
      allowed: PARAMETERS,
      suggestion: MEANT.get(parameter.root) ?? nearestName(parameter.root, PARAMETERS),
    }),
  )
}

/** Reads `sort` and `fields`. The filter is hidden from the parser, and positions stay as they are. */
function readSortAndFields(
  search: string,
  parameters: readonly QueryParameter[],
  issues: GrammarIssue[],
): Pick<ExportQuery, 'sort'> & Pick<FileOptions, 'fields'> {
  let rest = search
  for (const { root, offset, text } of parameters) {
    if (root !== 'filter') continue
    rest = rest.slice(0, offset) + '-'.repeat(text.length) + rest.slice(offset + text.length)
  }
  const found = collect(issues, () => parseQuery(SCHEMA, rest))
  const fields = found?.fields ?? []
  return {
    sort: parseMessageSort(printSort(found?.sort ?? [])),
    fields: fields.length === 0 ? DEFAULT_FIELDS : fields,
  }
}

const SCHEMA = {
  filter: defineFilterSchema({}),
  sort: defineSortSchema(['created_at', 'updated_at'], { maxTerms: 1 }),
  fields: EXPORT_FIELDS_SCHEMA,
}

function readSources(
  parameters: readonly QueryParameter[],
  known: readonly string[],
  issues: GrammarIssue[],
): MessageFilter {
  const given = parameters.filter(({ root }) => root === 'source')
  for (const parameter of given) checkSources(parameter, parameter.value.split(','), known, issues)
  const values = given.flatMap(({ value }) => value.split(','))
  return values.length === 0 ? [] : [{ field: 'source', operator: 'in', values }]
}

/** A source that does not exist, and a time that ends before it begins, are slips: an empty file would look like a proof. */
function checkClauses(
  filter: MessageFilter,
  parameters: readonly QueryParameter[],
  { sources, phones }: DownloadContext,
  issues: GrammarIssue[],
): void {
  const clauses = parameters
    .filter(({ root }) => root === 'filter')
    .map((parameter) => ({
      parameter,
      clauses: collect([], () => parseMessageFilter(parameter.text, phones)) ?? [],
    }))
  for (const each of clauses) checkSources(each.parameter, namedSources(each.clauses), sources, issues)
  const { from, to } = sentSpan(filter)
  if (from <= to) return
  const last = clauses.findLast((each) => each.clauses.some(isTimeClause))
  const problem = 'nothing was sent in a time that ends before it begins.'
  if (last !== undefined) issues.push(last.parameter.issue({ code: 'INVALID_VALUE', problem }))
}

function checkSources(
  parameter: QueryParameter,
  ids: readonly string[],
  known: readonly string[],
  issues: GrammarIssue[],
): void {
  for (const id of ids.filter((each) => !known.includes(each))) {
    issues.push(
      parameter.issue({
        code: 'INVALID_VALUE',
        problem: `unknown source ${JSON.stringify(id.slice(0, 60))}.`,
        allowed: known,
        suggestion: nearestName(id, known),
      }),
    )
  }
}

function readTimeZone(parameter: QueryParameter | null, format: FormatName, issues: GrammarIssue[]): string {
  if (parameter === null) return 'UTC'
  if (format !== 'xlsx') {
    const problem = 'it is for XLSX; the other formats have times in UTC.'
    issues.push(parameter.issue({ code: 'INVALID_VALUE', problem }))
  } else if (findTimeZone(parameter.value) === null) {
    const problem = `unknown time zone ${JSON.stringify(parameter.value.slice(0, 60))}.`
    const [suggestion = null] = nearestTimeZones(parameter.value)
    const allowed = ['IANA names such as Europe/Berlin']
    issues.push(parameter.issue({ code: 'INVALID_VALUE', problem, allowed, suggestion }))
  }
  return parameter.value
}

/** The parameter that may be given once. */
function one(
  parameters: readonly QueryParameter[],
  name: (typeof PARAMETERS)[number],
  issues: GrammarIssue[],
): QueryParameter | null {
  const [first = null, ...others] = parameters.filter(({ root }) => root === name)
  for (const other of others) {
    issues.push(other.issue({ code: 'REPEATED_PARAMETER', problem: 'the parameter is repeated.' }))
  }
  return first
}

function collect<Value>(issues: GrammarIssue[], read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    issues.push(...error.issues)
    return undefined
  }
}
