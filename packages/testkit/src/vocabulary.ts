import type { SourceField, TimeOperator, ValueOperator } from '@waybill/core'

export const VALUE_OPERATORS: readonly ValueOperator[] = ['eq', 'ne', 'in', 'notIn']
export const TIME_OPERATORS: readonly TimeOperator[] = ['gt', 'gte', 'lt', 'lte']

/** The fields that are compared with values, and about which a provider has something to say. */
export const VALUE_FIELDS: readonly Exclude<SourceField, 'sentAt'>[] = [
  'status',
  'type',
  'direction',
  'interactionId',
  'from',
  'to',
]

export const SOURCE_FIELDS: readonly SourceField[] = [...VALUE_FIELDS, 'sentAt']
