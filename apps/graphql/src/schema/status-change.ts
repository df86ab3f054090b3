import type { StatusChange } from '@waybill/archive'
import { builder, type ObjectType } from './builder.js'
import { MessageStatusType } from './message-status.js'

export const StatusChangeType: ObjectType<StatusChange> = builder
  .objectRef<StatusChange>('StatusChange')
  .implement({
    description: 'A status that a message was seen with.',
    fields: (t) => ({
      status: t.expose('status', {
        type: MessageStatusType,
        nullable: true,
        description: 'The status; null where the upstream had none.',
      }),
      observedAt: t.expose('observedAt', {
        type: 'DateTime',
        description: 'When this status was first seen, which may be later than when it came about.',
      }),
    }),
  })
