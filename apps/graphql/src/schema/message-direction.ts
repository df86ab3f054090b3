import type { MessageDirection } from '@waybill/core'
import { builder, type EnumType } from './builder.js'

export const MessageDirectionType: EnumType<MessageDirection> = builder.enumType('MessageDirection', {
  description: 'Which way a message went, seen from the account that the source belongs to.',
  values: {
    INBOUND: { description: 'Received from the other party.' },
    OUTBOUND: { description: 'Sent to the other party.' },
  },
})
