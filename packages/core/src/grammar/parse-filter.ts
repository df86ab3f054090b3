import { toNode, type UntypedClause } from './clause.js'
import { isListOperator, OPERATOR_TEXT, parameterName, type FilterOperator } from './operator.js'
import { type GrammarIssue, type IssueDetails, ParameterError, issueAt, shorten } from './parameters/issue.js'
import type { LocatedText, Span } from './parameters/located-text.js'
import type { Parameter, ParameterReading } from './parameters/parameter.js'
import { type QueryInput, readParameters } from './parameters/read-parameters.js'
import type { FieldDefinition, FieldDefinitions, FilterSchema, FilterTree, FilterValue } from './schema.js'
import { allowedValues, readValue } from './value.js'
import { nearestName } from '../input/nearest-name.js'

/**
 * Reads the `filter[…]` parameters of a query into a syntax tree. All other parameters are passed over.
 *
 * @throws ParameterError (INVALID_FILTER) listing every mistake.
 *
 * @example parseFilter(schema, 'filter[status][in]=sent,failed&page=2')
 * // [{ field: 'status', operator: 'in', values: ['sent', 'failed'] }]
 */
export function parseFilter<D extends FieldDefinitions>(
  schema: FilterSchema<D>,
  input: QueryInput,
): FilterTree<D> {
  const reading: ParameterReading = {
    roots: ['filter'],
    maxLength: schema.maxLength,
    parameters: [],
    issues: [],
  }
  readParameters(reading, input)
  const tree = buildFilter(schema, reading.parameters, reading.issues)
  if (reading.issues.length > 0) throw new ParameterError('INVALID_FILTER', reading.issues)
  return tree
}

/** The tree of some filter parameters; what is wrong with them is added to `issues`. */
export function buildFilter<D extends FieldDefinitions>(
  schema: FilterSchema<D>,
  parameters: readonly Parameter[],
  issues: GrammarIssue[],
): FilterTree<D> {
  return parseClauses(schema.fields, parameters, issues).map((clause) => toNode<D>(clause))
}

/** A clause under construction. */
interface OpenClause extends UntypedClause {
  readonly values: FilterValue[]
  /** Of the members so far, where the clause is written as an array. */
  readonly indexes: Set<string> | null
}

/** Filter : Clause* */
function parseClauses(
  fields: FieldDefinitions,
  parameters: readonly Parameter[],
  issues: GrammarIssue[],
): readonly UntypedClause[] {
  const parser: Parser = { fields, issues, clauses: new Map() }
  for (const parameter of parameters) parseClause(parser, parameter)
  return [...parser.clauses.values()]
}

interface Parser {
  readonly fields: FieldDefinitions
  readonly issues: GrammarIssue[]
  /** By the name that says the field and the operator. */
  readonly clauses: Map<string, OpenClause>
}

/** Clause : "filter" "[" Field "]" ( "[" Operator "]" )? Index? "=" ( Value | List ) */
function parseClause(parser: Parser, parameter: Parameter): void {
  const field = parseField(parser, parameter)
  if (field === null) return
  const operator = parseOperator(parser, parameter, field)
  if (operator === null) return
  const clause = openClause(parser, parameter, field.name, operator)
  if (clause === null || parameter.value === null) return
  const texts =
    isListOperator(operator) && parameter.index === null ? parseList(parameter.value) : [parameter.value]
  for (const text of texts) clause.values.push(...parseValue(parser, parameter, field, operator, text))
}

interface Field {
  readonly name: string
  readonly definition: FieldDefinition
}

/** Field : a name of the schema */
function parseField(parser: Parser, parameter: Parameter): Field | null {
  const [step, , ...excess] = parameter.path
  const surplus = excess[0]
  if (step === undefined) return refuse(parser, parameter, parameter.name.span, NO_FIELD)
  if (surplus !== undefined) return refuse(parser, parameter, surplus.span, TOO_DEEP)
  const name = step.text
  const definition = Object.hasOwn(parser.fields, name) ? parser.fields[name] : undefined
  if (definition !== undefined) return { name, definition }
  const known = Object.keys(parser.fields)
  return refuse(parser, parameter, step.span, {
    code: 'UNKNOWN_FIELD',
    problem: `unknown filter field "${shorten(name)}".`,
    allowed: known,
    suggestion: nearestName(name, known),
  })
}

/** Operator : one that the field takes; none for equality */
function parseOperator(parser: Parser, parameter: Parameter, field: Field): FilterOperator | null {
  const step = parameter.path[1]
  const text = step?.text ?? ''
  const taken: readonly FilterOperator[] = field.definition.operators
  const operator = OPERATORS.find(
    (known) => OPERATOR_TEXT[known] === text && (text !== '' || step === undefined),
  )
  if (operator !== undefined && taken.includes(operator)) return operator
  return refuse(parser, parameter, step?.span ?? parameter.name.span, {
    ...(operator === undefined ? unknownOperator(text) : misplacedOperator(text, field.name)),
    allowed: taken.map((known) => parameterName(field.name, known)),
    suggestion: nearestName(
      text,
      taken.map((known) => OPERATOR_TEXT[known]).filter((known) => known !== ''),
    ),
  })
}

/** Index : "[" digits? "]", for a member of a list. Any other parameter stands once. */
function openClause(
  parser: Parser,
  parameter: Parameter,
  field: string,
  operator: FilterOperator,
): OpenClause | null {
  const { index, name } = parameter
  const key = parameterName(field, operator)
  if (index !== null && !isListOperator(operator)) return refuse(parser, parameter, name.span, ONE_VALUE)
  const open = parser.clauses.get(key)
  if (open !== undefined && (index === null || open.indexes === null || open.indexes.has(index))) {
    return refuse(parser, parameter, name.span, {
      code: 'REPEATED_PARAMETER',
      problem: REPEATED,
      allowed: [`${key} once`],
    })
  }
  const clause = open ?? { field, operator, values: [], indexes: index === null ? null : new Set() }
  // Members without a number may be any number.
  if (index !== null && index !== '') clause.indexes?.add(index)
  parser.clauses.set(key, clause)
  return clause
}

/** List : empty | Value ( "," Value )* */
function parseList(text: LocatedText): readonly LocatedText[] {
  return text.splitAtCommas()
}

/** Value : what the field's kind allows */
function parseValue(
  parser: Parser,
  parameter: Parameter,
  field: Field,
  operator: FilterOperator,
  text: LocatedText,
): readonly FilterValue[] {
  const value = readValue(field.definition, operator, text.text)
  if (value !== undefined && typeof value !== 'object') return [value]
  const allowed = value?.allowed ?? allowedValues(field.definition, parameter.origin.offset !== null)
  const quoted = `"${shorten(text.text)}" is not a value of "${field.name}"`
  refuse(parser, parameter, text.span, {
    code: 'INVALID_VALUE',
    problem: value === undefined ? `${quoted}.` : `${quoted}: ${value.problem}`,
    allowed,
    suggestion: field.definition.kind === 'enum' ? nearestName(text.text, allowed) : null,
  })
  return []
}

function refuse(parser: Parser, parameter: Parameter, span: Span, details: IssueDetails): null {
  parser.issues.push(issueAt(parameter.origin, span, details))
  return null
}

function unknownOperator(text: string): IssueDetails {
  return { code: 'UNKNOWN_OPERATOR', problem: `unknown operator "${shorten(text)}".` }
}

function misplacedOperator(text: string, field: string): IssueDetails {
  const problem =
    text === '' ? `"${field}" needs an operator.` : `"${field}" does not take the operator "${text}".`
  return { code: 'OPERATOR_NOT_ALLOWED', problem }
}

const OPERATORS = Object.keys(OPERATOR_TEXT) as readonly FilterOperator[]
const REPEATED = 'the parameter is repeated.'
const FORMS = ['filter[field]=value', 'filter[field][operator]=value']
const NO_FIELD = {
  code: 'MALFORMED_PARAMETER',
  problem: 'a filter must name its field.',
  allowed: FORMS,
} as const
const TOO_DEEP = {
  code: 'MALFORMED_PARAMETER',
  problem: 'there are too many brackets.',
  allowed: FORMS,
} as const
const ONE_VALUE = {
  code: 'MALFORMED_PARAMETER',
  problem: 'a list takes the operator "in" or "not_in".',
  allowed: ['filter[field][in]=a,b', 'filter[field][in][]=a'],
} as const
