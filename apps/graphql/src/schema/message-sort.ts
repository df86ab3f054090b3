import type { MessageSort } from '@waybill/core'
import { builder, type InputType } from './builder.js'
import { MessageSortFieldType } from './message-sort-field.js'
import { SortDirectionType } from './sort-direction.js'

export const MessageSortInput: InputType<MessageSort> = builder.inputType('MessageSort', {
  description: 'The order of the messages.',
  fields: (t) => ({
    field: t.field({
      type: MessageSortFieldType,
      required: true,
      defaultValue: 'createdAt',
      description: 'What to sort by.',
    }),
    direction: t.field({
      type: SortDirectionType,
      required: true,
      defaultValue: 'desc',
      description: 'Which way.',
    }),
  }),
})
