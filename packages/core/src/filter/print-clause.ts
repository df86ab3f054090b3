import { writeClause } from '../grammar/write-clause.js'
import { formatDateTime } from '../message/date-time.js'
import { isTimeClause, type FilterClause } from './clause.js'
import { grammarNameOf, MESSAGE_FILTER_SCHEMA } from './message-filter-schema.js'

/**
 * A clause as people read it, in the grammar but without percent-encoding. Never fails: a value that the grammar has
 * no text for is shown as it is. What is to be read back is written by `printMessageFilter`.
 *
 * @example printClause({ field: 'status', operator: 'in', values: ['FAILED', 'DELETED'] })
 * // 'filter[status][in]=failed,deleted'
 */
export function printClause(clause: FilterClause): string {
  const field = grammarNameOf(clause.field)
  const parameters = writeClause(field, clause.operator, textsOf(clause))
  return parameters.map(([name, value]) => `${name}=${value}`).join('&')
}

function textsOf(clause: FilterClause): readonly string[] {
  if (isTimeClause(clause)) return [formatDateTime(clause.value) ?? `${clause.value}`]
  const { kind } = MESSAGE_FILTER_SCHEMA.fields[grammarNameOf(clause.field)]
  return kind === 'enum' ? clause.values.map((value) => value.toLowerCase()) : clause.values
}
