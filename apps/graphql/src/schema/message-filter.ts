import type { MessageDirection, MessageStatus, MessageType, ValueField } from '@waybill/core'
import { builder, type InputType } from './builder.js'
import { MessageDirectionType, MessageStatusType, MessageTypeType } from './message-enums.js'

/** A filter as a client gives it. */
export type MessageFilterArgument = { readonly [Field in ValueField]?: ValueOperands | null | undefined } & {
  readonly sentAt?: TimeOperands | null | undefined
}

export const MessageFilterInput: InputType<MessageFilterArgument> = builder.inputType('MessageFilter', {
  description:
    'Which messages to list or count. All given clauses must hold; a clause that is null has no effect.',
  fields: (t) => ({
    source: t.field({
      type: SourceFilterInput,
      description: 'The source. Sources that cannot match get no request.',
    }),
    status: t.field({ type: MessageStatusFilterInput, description: 'The delivery status.' }),
    type: t.field({ type: MessageTypeFilterInput, description: 'The kind of content.' }),
    direction: t.field({ type: MessageDirectionFilterInput, description: 'Inbound or outbound.' }),
    interactionId: t.field({ type: IDFilterInput, description: 'Id of the conversation.' }),
    from: t.field({ type: StringFilterInput, description: "Sender's number or id." }),
    to: t.field({ type: StringFilterInput, description: "Recipient's number." }),
    phone: t.field({
      type: StringFilterInput,
      description:
        'Either party. `eq` and `in`: `from` or `to` is one of these. ' +
        '`ne` and `notIn`: neither is, and at least one of the two is known.',
    }),
    contact: t.field({
      type: StringFilterInput,
      description:
        'The other party, `Message.contact`: the sender of an inbound message, the recipient of an outbound one, ' +
        'as the source lists it or as derived from the conversation.',
    }),
    sentAt: t.field({ type: DateTimeFilterInput, description: 'When it was sent.' }),
  }),
})

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
  notIn: 'None of these, and not null; an empty list matches everything that is not null.',
} as const

const SourceFilterInput: InputType<ValueOperands> = builder.inputType('SourceFilter', {
  description: "Compares the source with ids from the configuration, which are the sources' `key`.",
  fields: (t) => ({
    eq: t.id({ description: OPERATORS.eq }),
    ne: t.id({ description: OPERATORS.ne }),
    in: t.idList({ description: OPERATORS.in }),
    notIn: t.idList({ description: OPERATORS.notIn }),
  }),
})

const IDFilterInput: InputType<ValueOperands> = builder.inputType('IDFilter', {
  description: 'Compares an id.',
  fields: (t) => ({
    eq: t.id({ description: OPERATORS.eq }),
    ne: t.id({ description: OPERATORS.ne }),
    in: t.idList({ description: OPERATORS.in }),
    notIn: t.idList({ description: OPERATORS.notIn }),
  }),
})

const StringFilterInput: InputType<ValueOperands> = builder.inputType('StringFilter', {
  description:
    'Compares a phone number or an id, letter case included. Numbers may be written in any usual form: ' +
    '`+49 30 23125380`, `0049…`, `4930…`, `whatsapp:+49…`, `https://wa.me/49…`, `…@c.us`. A value that can be neither a number nor an id is INVALID_FILTER.',
  fields: (t) => ({
    eq: t.string({ description: OPERATORS.eq }),
    ne: t.string({ description: OPERATORS.ne }),
    in: t.stringList({ description: OPERATORS.in }),
    notIn: t.stringList({ description: OPERATORS.notIn }),
    startsWith: t.string({
      description: 'Begins with this. For a number: `+49`, `0049` and `49` match all numbers of one country.',
    }),
  }),
})

const MessageStatusFilterInput: InputType<ValueOperands<MessageStatus>> = builder.inputType(
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

const MessageTypeFilterInput: InputType<ValueOperands<MessageType>> = builder.inputType('MessageTypeFilter', {
  description: 'Compares the type.',
  fields: (t) => ({
    eq: t.field({ type: MessageTypeType, description: OPERATORS.eq }),
    ne: t.field({ type: MessageTypeType, description: OPERATORS.ne }),
    in: t.field({ type: [MessageTypeType], description: OPERATORS.in }),
    notIn: t.field({ type: [MessageTypeType], description: OPERATORS.notIn }),
  }),
})

const MessageDirectionFilterInput: InputType<ValueOperands<MessageDirection>> = builder.inputType(
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

/** Bounds on a point in time, in milliseconds since the epoch. All that are given must hold; null is as if absent. */
export interface TimeOperands {
  readonly gte?: number | null | undefined
  readonly gt?: number | null | undefined
  readonly lt?: number | null | undefined
  readonly lte?: number | null | undefined
}

const DateTimeFilterInput: InputType<TimeOperands> = builder.inputType('DateTimeFilter', {
  description: 'Compares a point in time. All bounds that are given must hold.',
  fields: (t) => ({
    gte: t.field({ type: 'DateTime', description: 'At or after this.' }),
    gt: t.field({ type: 'DateTime', description: 'After this.' }),
    lt: t.field({ type: 'DateTime', description: 'Before this.' }),
    lte: t.field({ type: 'DateTime', description: 'At or before this.' }),
  }),
})
