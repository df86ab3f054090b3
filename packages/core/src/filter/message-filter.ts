import { writeClause, type UntypedClause } from '../grammar/clause.js'
import type { EqualityOperator, TimeOperator, ValueOperator } from '../grammar/operator.js'
import type { QueryInput } from '../grammar/parameters/read-parameters.js'
import { parseFilter } from '../grammar/parse-filter.js'
import { printClauses } from '../grammar/print-filter.js'
import {
  type EnumDefinition,
  type FilterNode,
  type FilterSchema,
  type InvalidValue,
  type StringDefinition,
  type TimeDefinition,
  defineFilterSchema,
} from '../grammar/schema.js'
import {
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type MessageDirection,
  type MessageStatus,
  type MessageType,
} from '../message/message.js'
import {
  parsePhone,
  parsePhonePrefix,
  PHONE_FORMS,
  PHONE_PREFIX_FORMS,
  type PhoneOptions,
} from '../message/phone.js'
import { formatDateTime } from '../message/time.js'
import { isTimeClause, type FilterClause, type FilterField, type MessageFilter } from './clause.js'

/**
 * Reads a message filter: `filter[status][in]=sent,failed&filter[sent_at][gte]=2026-01-01T00:00:00Z`. The fields are
 * source, status, type, direction, interaction_id, from, to, phone, contact and sent_at. Phone numbers may be written in
 * any form that {@link parsePhone} takes and are returned in its one form, the values of enums in upper case. Parameters
 * other than `filter[…]` are ignored.
 *
 * @param phones reads national numbers; without it they are refused.
 * @throws ParameterError (INVALID_FILTER) listing every mistake.
 */
export function parseMessageFilter(input: QueryInput, phones?: PhoneOptions): MessageFilter {
  const schema = phones === undefined ? MESSAGE_FILTER_SCHEMA : defineMessageFilter(phones)
  return parseFilter(schema, input).map(toFilterClause)
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

/** The fields of a message filter under the names that the grammar gives them. */
type MessageFilterFields = {
  readonly source: StringDefinition<EqualityOperator>
  readonly status: EnumDefinition<MessageStatus>
  readonly type: EnumDefinition<MessageType>
  readonly direction: EnumDefinition<MessageDirection>
  readonly interaction_id: StringDefinition<EqualityOperator>
  readonly from: StringDefinition
  readonly to: StringDefinition
  readonly phone: StringDefinition
  readonly contact: StringDefinition
  readonly sent_at: TimeDefinition<TimeOperator>
}

const EQUALITY: readonly EqualityOperator[] = ['eq', 'ne', 'in', 'notIn']

/** The message filter in the terms of the grammar. Enum values are written in lower case. */
function defineMessageFilter(phones: PhoneOptions): FilterSchema<MessageFilterFields> {
  const party: StringDefinition = {
    kind: 'string',
    operators: [...EQUALITY, 'startsWith'],
    read: (text, operator) => readParty(text, operator, phones),
  }
  return defineFilterSchema<MessageFilterFields>({
    source: { kind: 'string', operators: EQUALITY },
    status: { kind: 'enum', operators: EQUALITY, values: MESSAGE_STATUSES, writtenIn: 'lowerCase' },
    type: { kind: 'enum', operators: EQUALITY, values: MESSAGE_TYPES, writtenIn: 'lowerCase' },
    direction: { kind: 'enum', operators: EQUALITY, values: MESSAGE_DIRECTIONS, writtenIn: 'lowerCase' },
    interaction_id: { kind: 'string', operators: EQUALITY },
    from: party,
    to: party,
    phone: party,
    contact: party,
    sent_at: { kind: 'time', operators: ['gt', 'gte', 'lt', 'lte'] },
  })
}

const MESSAGE_FILTER_SCHEMA = defineMessageFilter({})

/**
 * Reads a value that a sender or recipient is compared with: a phone number in any form into its one form, the id of
 * another kind of account as it is.
 *
 * @param operator for `startsWith` the text is the beginning of a number.
 * @returns the value, or why it is none.
 *
 * @example readParty('0049 30 23125380', 'eq') // '+493023125380'
 * @example readParty('0049', 'startsWith') // '+49'
 */
export function readParty(
  text: string,
  operator: ValueOperator,
  phones: PhoneOptions = {},
): string | Required<InvalidValue> {
  const isPrefix = operator === 'startsWith'
  const reading = isPrefix ? parsePhonePrefix(text, phones) : parsePhone(text, phones)
  if (reading.kind !== 'invalid') return reading.value
  return { problem: reading.problem, allowed: isPrefix ? PHONE_PREFIX_FORMS : PHONE_FORMS }
}

/** The name of a filter field in the grammar. */
function grammarNameOf(field: FilterField): keyof MessageFilterFields {
  if (field === 'interactionId') return 'interaction_id'
  return field === 'sentAt' ? 'sent_at' : field
}

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
