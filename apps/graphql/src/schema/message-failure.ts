import type { MessageFailure } from '@waybill/core'
import { builder, type ObjectType } from './builder.js'

export const MessageFailureType: ObjectType<MessageFailure> = builder
  .objectRef<MessageFailure>('MessageFailure')
  .implement({
    description: 'Why a message failed, as far as the upstream tells.',
    fields: (t) => ({
      code: t.exposeString('code', {
        nullable: true,
        description: "The upstream's code in its own notation; null where it gives none.",
      }),
      reason: t.exposeString('reason', { description: 'The reason in words.' }),
    }),
  })
