import type { MessageStatus } from '@waybill/core'
import { builder, type EnumType } from './builder.js'

export const MessageStatusType: EnumType<MessageStatus> = builder.enumType('MessageStatus', {
  description: 'How far a message got.',
  values: {
    SENT: { description: 'Handed over to WhatsApp.' },
    DELIVERED: { description: "Arrived on the recipient's device." },
    READ: { description: 'Read by the recipient, who has read receipts turned on.' },
    FAILED: { description: 'Not delivered; `failure` says why where the upstream tells.' },
    DELETED: { description: 'Deleted.' },
    UNKNOWN: {
      description: 'The upstream does not know yet, or uses a word of its own, which `raw` then holds.',
    },
  },
})
