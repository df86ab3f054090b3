import type { MessageSort } from '@waybill/core'
import { builder, type ObjectType } from './builder.js'
import { MessageSortFieldType } from './message-sort-field.js'
import { SortDirectionType } from './sort-direction.js'

export const SortCapabilityType: ObjectType<MessageSort> = builder
  .objectRef<MessageSort>('SortCapability')
  .implement({
    description: 'An order that an upstream can serve.',
    fields: (t) => ({
      field: t.expose('field', { type: MessageSortFieldType, description: 'What it sorts by.' }),
      direction: t.expose('direction', { type: SortDirectionType, description: 'Which way.' }),
    }),
  })
