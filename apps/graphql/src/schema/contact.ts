import type { Contact, ContactBasis } from '@waybill/core'
import { builder, type EnumType, type ObjectType } from './builder.js'

const ContactBasisType: EnumType<ContactBasis> = builder.enumType('ContactBasis', {
  description: 'How the other party of a message is known.',
  values: {
    TOLD: { description: 'The source lists it with the message.' },
    CONVERSATION: {
      description:
        'The source does not, but it lists the same one with every other message of this `interactionId` that has one.',
    },
  } as const,
})

export const ContactType: ObjectType<Contact> = builder.objectRef<Contact>('Contact').implement({
  description: 'The other party of a message.',
  fields: (t) => ({
    id: t.exposeString('id', {
      description: 'Its number or id. A number of 8 to 15 digits reads `+<digits>`.',
    }),
    basis: t.expose('basis', { type: ContactBasisType, description: 'How it is known.' }),
  }),
})
