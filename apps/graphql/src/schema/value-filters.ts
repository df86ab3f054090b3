import type { MessageDirection, MessageStatus, MessageType } from '@waybill/core'
import { builder, type InputType } from './builder.js'
import { MessageDirectionType } from './message-direction.js'
import { MessageStatusType } from './message-status.js'
import { MessageTypeType } from './message-type.js'

/** The operands of a field that is compared with values. All that are given must hold; null is as if absent. */
export interface ValueOperands<Value = string> {
  readonly eq?: Value | null | undefined
  readonly ne?: Value | null | undefined
  readonly in?: readonly Value[] | null | undefined
  readonly notIn?: readonly Value[] | null | undefined
  readonly startsWith?: string | null | undefined
}

const OPERATORS = {
  eq: 'Equal to this.',
  ne: 'Not equal to this, and not null.',
  in: 'One of these; an empty list matches nothing.',
  notIn: 'None of these, and not null; an empty list matches whatever is not null.',
} as const

export const SourceFilterInput: InputType<ValueOperands> = builder.inputType('SourceFilter', {
  description: "Compares the source with ids from the configuration, which are the sources' `key`.",
  fields: (t) => ({
    eq: t.id({ description: OPERATORS.eq }),
    ne: t.id({ description: OPERATORS.ne }),
    in: t.idList({ description: OPERATORS.in }),
    notIn: t.idList({ description: OPERATORS.notIn }),
  }),
})

export const IDFilterInput: InputType<ValueOperands> = builder.inputType('IDFilter', {
  description: 'Compares an id.',
  fields: (t) => ({
    eq: t.id({ description: OPERATORS.eq }),
    ne: t.id({ description: OPERATORS.ne }),
    in: t.idList({ description: OPERATORS.in }),
    notIn: t.idList({ description: OPERATORS.notIn }),
  }),
})

export const StringFilterInput: InputType<ValueOperands> = builder.inputType('StringFilter', {
  description:
    'Compares a phone number or an id, letter case included. Numbers may be written in any usual form: ' +
    '`+49 30 23125380`, `0049…`, `4930…`, `whatsapp:+49…`, `…@c.us`. What can be no number is INVALID_FILTER.',
  fields: (t) => ({
    eq: t.string({ description: OPERATORS.eq }),
    ne: t.string({ description: OPERATORS.ne }),
    in: t.stringList({ description: OPERATORS.in }),
    notIn: t.stringList({ description: OPERATORS.notIn }),
    startsWith: t.string({
      description: 'Begins with this. For a number: `+49`, `0049` and `49` are all the numbers of a country.',
    }),
  }),
})

export const MessageStatusFilterInput: InputType<ValueOperands<MessageStatus>> = builder.inputType(
  'MessageStatusFilter',
  {
    description: 'Compares the status.',
    fields: (t) => ({
      eq: t.field({ type: MessageStatusType, description: OPERATORS.eq }),
      ne: t.field({ type: MessageStatusType, description: OPERATORS.ne }),
      in: t.field({ type: [MessageStatusType], description: OPERATORS.in }),
      notIn: t.field({ type: [MessageStatusType], description: OPERATORS.notIn }),
    }),
  },
)

export const MessageTypeFilterInput: InputType<ValueOperands<MessageType>> = builder.inputType(
  'MessageTypeFilter',
  {
    description: 'Compares the type.',
    fields: (t) => ({
      eq: t.field({ type: MessageTypeType, description: OPERATORS.eq }),
      ne: t.field({ type: MessageTypeType, description: OPERATORS.ne }),
      in: t.field({ type: [MessageTypeType], description: OPERATORS.in }),
      notIn: t.field({ type: [MessageTypeType], description: OPERATORS.notIn }),
    }),
  },
)

export const MessageDirectionFilterInput: InputType<ValueOperands<MessageDirection>> = builder.inputType(
  'MessageDirectionFilter',
  {
    description: 'Compares the direction.',
    fields: (t) => ({
      eq: t.field({ type: MessageDirectionType, description: OPERATORS.eq }),
      ne: t.field({ type: MessageDirectionType, description: OPERATORS.ne }),
      in: t.field({ type: [MessageDirectionType], description: OPERATORS.in }),
      notIn: t.field({ type: [MessageDirectionType], description: OPERATORS.notIn }),
    }),
  },
)
