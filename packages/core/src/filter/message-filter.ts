import { parseFilter } from '../grammar/parse-filter.js'
import { printClauses } from '../grammar/print-filter.js'
import type { QueryInput } from '../grammar/input/query-input.js'
import type { FilterNode } from '../grammar/schema.js'
import type { UntypedClause } from '../grammar/untyped-clause.js'
import { isTimeClause, type FilterClause, type MessageFilter } from './clause.js'
import { grammarNameOf, MESSAGE_FILTER_SCHEMA, type MessageFilterFields } from './message-filter-schema.js'

/**
 * Reads a message filter: `filter[status][in]=sent,failed&filter[sent_at][gte]=2026-01-01T00:00:00Z`. The fields are
 * source, status, type, direction, interaction_id, from, to, phone and sent_at. Phone numbers come out in the form of
 * `normalizePhone`, the values of enums in upper case. All parameters but `filter[…]` are passed over.
 *
 * @throws ParameterError (INVALID_FILTER) listing every mistake.
 */
export function parseMessageFilter(input: QueryInput): MessageFilter {
  return parseFilter(MESSAGE_FILTER_SCHEMA, input).map(toFilterClause)
}

/**
 * Writes a message filter as a percent-encoded query string, which {@link parseMessageFilter} reads back.
 *
 * @throws ParameterError (INVALID_FILTER) for a filter that has no text; see `printFilter`.
 */
export function printMessageFilter(filter: MessageFilter): string {
  return printClauses(MESSAGE_FILTER_SCHEMA.fields, filter.map(toUntyped))
}

function toFilterClause(node: FilterNode<MessageFilterFields>): FilterClause {
  if (node.field === 'sent_at') return { field: 'sentAt', operator: node.operator, value: node.value }
  const field = node.field === 'interaction_id' ? 'interactionId' : node.field
  return { field, operator: node.operator, values: 'values' in node ? node.values : [node.value] }
}

function toUntyped(clause: FilterClause): UntypedClause {
  const values = isTimeClause(clause) ? [clause.value] : clause.values
  return { field: grammarNameOf(clause.field), operator: clause.operator, values }
}
