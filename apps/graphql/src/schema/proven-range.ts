import type { ProvenRange } from '@waybill/archive'
import { builder, type ObjectType } from './builder.js'

export const ProvenRangeType: ObjectType<ProvenRange> = builder
  .objectRef<ProvenRange>('ProvenRange')
  .implement({
    description: 'A span of time that the archive was compared with the whole list over, both ends included.',
    fields: (t) => ({
      from: t.expose('from', {
        type: 'DateTime',
        description: 'Where it begins; 1970-01-01T00:00:00.000Z where that is the beginning of the history.',
      }),
      to: t.expose('to', { type: 'DateTime', description: 'Where it ends.' }),
      at: t.expose('at', {
        type: 'DateTime',
        description: 'When the comparison began: what it found was so then, or later.',
      }),
    }),
  })
