import type { MessageSortField } from '@waybill/core'
import { builder, type EnumType } from './builder.js'

export const MessageSortFieldType: EnumType<MessageSortField> = builder.enumType('MessageSortField', {
  description: 'What messages are sorted by.',
  values: {
    CREATED_AT: { value: 'createdAt', description: 'When the upstream recorded the message.' },
    UPDATED_AT: {
      value: 'updatedAt',
      description: 'When the upstream last changed it. Messages may change place while one reads.',
    },
  } as const,
})
