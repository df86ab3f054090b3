import type { MessageDetail } from '@waybill/core'
import { builder, type ObjectType } from './builder.js'

export const MessageDetailType: ObjectType<MessageDetail> = builder
  .objectRef<MessageDetail>('MessageDetail')
  .implement({
    description: 'What only a request for a single message tells.',
    fields: (t) => ({
      statusMessage: t.exposeString('statusMessage', {
        nullable: true,
        description: "The upstream's description of the status, or its error text.",
      }),
      replyToId: t.exposeString('replyToId', {
        nullable: true,
        description: 'Upstream id of the message that this one replies to.',
      }),
      mediaUrl: t.exposeString('mediaUrl', { nullable: true, description: 'Where the attached media is.' }),
      staffId: t.exposeID('staffId', {
        nullable: true,
        description: 'Id of the member of staff who sent it; null for what a machine sent.',
      }),
      deliveredAt: t.expose('deliveredAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was delivered.',
      }),
      readAt: t.expose('readAt', { type: 'DateTime', nullable: true, description: 'When it was read.' }),
    }),
  })
