import type { MessageSort, MessageSortField, SortDirection } from '@waybill/core'
import { builder, type EnumType, type InputType } from './builder.js'

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
      description: 'Ascending or descending.',
    }),
  }),
})

export const MessageSortFieldType: EnumType<MessageSortField> = builder.enumType('MessageSortField', {
  description: 'What messages are sorted by.',
  values: {
    CREATED_AT: { value: 'createdAt', description: 'When the upstream recorded the message.' },
    UPDATED_AT: {
      value: 'updatedAt',
      description:
        'When the upstream last changed it. Messages may move in the list while a client reads it.',
    },
  } as const,
})

export const SortDirectionType: EnumType<SortDirection> = builder.enumType('SortDirection', {
  description: 'Which way a list is sorted.',
  values: {
    ASC: { value: 'asc', description: 'Oldest first.' },
    DESC: { value: 'desc', description: 'Newest first.' },
  } as const,
})
