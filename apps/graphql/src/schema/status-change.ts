import type { MessageStatus } from '@waybill/core'
import { builder, type ObjectType } from './builder.js'
import { MessageStatusType } from './message-status.js'

/** A status and when it was first seen, in milliseconds since the epoch. */
export interface StatusChange {
  readonly status: MessageStatus | null
  readonly observedAt: number
}

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
