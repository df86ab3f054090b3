import type { ValueField } from '@waybill/core'
import { builder, type InputType } from './builder.js'
import { DateTimeFilterInput, type TimeOperands } from './date-time-filter.js'
import {
  IDFilterInput,
  MessageDirectionFilterInput,
  MessageStatusFilterInput,
  MessageTypeFilterInput,
  SourceFilterInput,
  StringFilterInput,
  type ValueOperands,
} from './value-filters.js'

/** A filter as a client gives it. */
export type MessageFilterArgument = { readonly [Field in ValueField]?: ValueOperands | null | undefined } & {
  readonly sentAt?: TimeOperands | null | undefined
}

export const MessageFilterInput: InputType<MessageFilterArgument> = builder.inputType('MessageFilter', {
  description: 'Which messages are wanted. All clauses that are given must hold; null is as if absent.',
  fields: (t) => ({
    source: t.field({
      type: SourceFilterInput,
      description: 'Where it comes from. A source that is left out is not asked.',
    }),
    status: t.field({ type: MessageStatusFilterInput, description: 'How far it got.' }),
    type: t.field({ type: MessageTypeFilterInput, description: 'What it is made of.' }),
    direction: t.field({ type: MessageDirectionFilterInput, description: 'Which way it went.' }),
    interactionId: t.field({ type: IDFilterInput, description: 'Id of the conversation.' }),
    from: t.field({ type: StringFilterInput, description: "Sender's number or id." }),
    to: t.field({ type: StringFilterInput, description: "Recipient's number." }),
    phone: t.field({
      type: StringFilterInput,
      description:
        'Either party. `eq` and `in`: `from` or `to` is one of these. ' +
        '`ne` and `notIn`: neither is, and at least one of the two is known.',
    }),
    sentAt: t.field({ type: DateTimeFilterInput, description: 'When it was sent.' }),
  }),
})
