import {
  type EqualityOperator,
  isInteger,
  isTimeClause,
  type FieldDomain,
  type FilterClause,
  type ProviderCapabilities,
  type ValueClause,
  type ValueField,
} from '@waybill/core'

/** Names of the parameters, decoded, and their values. */
export type QueryParameters = Readonly<Record<string, string>>

const COLUMNS: Readonly<Partial<Record<ValueField, string>>> = {
  status: 'status',
  type: 'type',
  direction: 'direction',
  interactionId: 'interaction_id',
}
const OPERATORS: Readonly<Record<EqualityOperator, string>> = {
  eq: '',
  ne: '[ne]',
  in: '[in]',
  notIn: '[not_in]',
}

/**
 * Says a filter in WA.cr's grammar; null where no row can match, so that nothing has to be asked.
 *
 * Each field gets one parameter. PHP keeps only the last of `filter[status]=…` and `filter[status][in]=…`, and of a
 * parameter that is repeated, so several clauses about one field are made one.
 *
 * @throws TypeError for a clause that the capabilities rule out.
 */
export function filterParameters(
  filter: readonly FilterClause[],
  fields: ProviderCapabilities['fields'],
): QueryParameters | null {
  const clauses = new Map<ValueField, EqualityClause>()
  for (const clause of filter) {
    checkClause(clause, fields)
    const other = clauses.get(clause.field)
    clauses.set(clause.field, other === undefined ? clause : conjunction(other, clause))
  }
  if ([...clauses.values()].some((clause) => isPositive(clause) && clause.values.length === 0)) return null
  return Object.fromEntries(Array.from(clauses.values(), toParameter))
}

/** A comparison with whole values: WA.cr knows no other. */
type EqualityClause = ValueClause & { readonly operator: EqualityOperator }

function toParameter({ field, operator, values }: EqualityClause): [name: string, value: string] {
  return [`filter[${COLUMNS[field]}]${OPERATORS[operator]}`, values.join(',').toLowerCase()]
}

/** One clause that holds where both hold. Null satisfies none of them, so it need not be minded. */
function conjunction(a: EqualityClause, b: EqualityClause): EqualityClause {
  const { field } = a
  if (!isPositive(a) && !isPositive(b)) {
    return { field, operator: 'notIn', values: [...new Set([...a.values, ...b.values])] }
  }
  const [positive, other] = isPositive(a) ? [a, b] : [b, a]
  const kept = positive.values.filter((value) => other.values.includes(value) === isPositive(other))
  return { field, operator: 'in', values: kept }
}

function isPositive({ operator }: ValueClause): boolean {
  return operator === 'eq' || operator === 'in'
}

function checkClause(
  clause: FilterClause,
  fields: ProviderCapabilities['fields'],
): asserts clause is EqualityClause {
  const { field, operator } = clause
  if (isTimeClause(clause) || operator === 'startsWith' || COLUMNS[clause.field] === undefined) {
    throw new TypeError(`WA.cr cannot filter on ${field}.`)
  }
  const { domain } = fields[field as 'status']
  if (!clause.values.every((value) => isSayable(value, domain))) {
    throw new TypeError(`WA.cr cannot be asked for every value of the clause ${field} ${operator}.`)
  }
  if (clause.values.length > (fields[field as 'status'].maxListValues ?? Infinity)) {
    throw new TypeError(`WA.cr cannot be asked for so many values of ${field} at once.`)
  }
  if (operator === 'notIn' && clause.values.length === 0) {
    throw new TypeError(`WA.cr cannot be asked for the rows whose ${field} is not null.`)
  }
}

function isSayable(value: string, domain: FieldDomain): boolean {
  if (domain.kind === 'values') return domain.values.includes(value) && value !== domain.rest
  return domain.kind === 'integer' && isInteger(value)
}
