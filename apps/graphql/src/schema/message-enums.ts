import type { MessageDirection, MessageStatus, MessageType } from '@waybill/core'
import { builder, type EnumType } from './builder.js'

export const MessageDirectionType: EnumType<MessageDirection> = builder.enumType('MessageDirection', {
  description: 'Which way a message went, seen from the account that the source belongs to.',
  values: {
    INBOUND: { description: 'Received from the other party.' },
    OUTBOUND: { description: 'Sent to the other party.' },
  },
})

export const MessageTypeType: EnumType<MessageType> = builder.enumType('MessageType', {
  description: "What a message is made of, in the vocabulary of WhatsApp's Cloud API.",
  values: {
    TEXT: { description: 'Text.' },
    TEMPLATE: { description: 'A filled-in template, such as a notification from a business.' },
    IMAGE: { description: 'A picture.' },
    VIDEO: { description: 'A video.' },
    DOCUMENT: { description: 'A file.' },
    AUDIO: { description: 'A recording or a voice message.' },
    INTERACTIVE: { description: 'A list, reply buttons, or the answer to them.' },
    BUTTON: { description: "A press on a template's button." },
    CONTACTS: { description: 'Contact cards.' },
    LOCATION: { description: 'A place.' },
    ORDER: { description: 'An order from a catalogue.' },
    REACTION: { description: 'An emoji as a reaction to another message.' },
    STICKER: { description: 'A sticker.' },
    SYSTEM: { description: 'A notice from WhatsApp itself, such as a changed number.' },
    OTHER: { description: "Anything else; `rawType` has the upstream's own word." },
  },
})

export const MessageStatusType: EnumType<MessageStatus> = builder.enumType('MessageStatus', {
  description: 'How far a message got.',
  values: {
    SENT: { description: 'Handed over to WhatsApp.' },
    DELIVERED: { description: "Arrived on the recipient's device." },
    READ: { description: 'Read by the recipient, who has read receipts switched on.' },
    FAILED: { description: 'Not delivered. `failure` has the reason where the upstream gives one.' },
    DELETED: { description: 'Deleted after it was sent, as the upstream reports it.' },
    UNKNOWN: {
      description:
        'The upstream does not know the status yet, or uses a word that Waybill does not know: see `rawStatus`.',
    },
  },
})
