import { defineFilterSchema } from '../grammar/define-filter-schema.js'
import type { EnumDefinition, FilterSchema, StringDefinition, TimeDefinition } from '../grammar/schema.js'
import {
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type MessageDirection,
  type MessageStatus,
  type MessageType,
} from '../message/message.js'
import { normalizePhone } from '../message/phone.js'
import type { FilterField, TimeOperator, ValueOperator } from './clause.js'

/** The fields of a message filter under the names that the grammar gives them. */
export type MessageFilterFields = {
  readonly source: StringDefinition
  readonly status: EnumDefinition<MessageStatus>
  readonly type: EnumDefinition<MessageType>
  readonly direction: EnumDefinition<MessageDirection>
  readonly interaction_id: StringDefinition
  readonly from: StringDefinition
  readonly to: StringDefinition
  readonly phone: StringDefinition
  readonly sent_at: TimeDefinition<TimeOperator>
}

const operators: readonly ValueOperator[] = ['eq', 'ne', 'in', 'notIn']

/** The message filter in the terms of the grammar. Enum values are written in lower case. */
export const MESSAGE_FILTER_SCHEMA: FilterSchema<MessageFilterFields> =
  defineFilterSchema<MessageFilterFields>({
    source: { kind: 'string', operators },
    status: { kind: 'enum', operators, values: MESSAGE_STATUSES, writtenIn: 'lowerCase' },
    type: { kind: 'enum', operators, values: MESSAGE_TYPES, writtenIn: 'lowerCase' },
    direction: { kind: 'enum', operators, values: MESSAGE_DIRECTIONS, writtenIn: 'lowerCase' },
    interaction_id: { kind: 'string', operators },
    from: { kind: 'string', operators, normalize: normalizeWrittenPhone },
    to: { kind: 'string', operators, normalize: normalizeWrittenPhone },
    phone: { kind: 'string', operators, normalize: normalizeWrittenPhone },
    sent_at: { kind: 'time', operators: ['gt', 'gte', 'lt', 'lte'] },
  })

/** The name of a filter field in the grammar. */
export function grammarNameOf(field: FilterField): keyof MessageFilterFields {
  if (field === 'interactionId') return 'interaction_id'
  return field === 'sentAt' ? 'sent_at' : field
}

/** A plus sign that nobody percent-encoded arrives as a space. */
function normalizeWrittenPhone(value: string): string {
  return normalizePhone(/^ \d{8,15}$/.test(value) ? value.slice(1) : value)
}
