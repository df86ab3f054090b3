import type { TimeRange } from '@waybill/core'
import { builder, type ObjectType } from './builder.js'

export const TimeRangeType: ObjectType<TimeRange> = builder.objectRef<TimeRange>('TimeRange').implement({
  description: 'A span of time, both ends included.',
  fields: (t) => ({
    from: t.expose('from', {
      type: 'DateTime',
      description: 'Where it begins; 1970-01-01T00:00:00.000Z where that is the beginning of the history.',
    }),
    to: t.expose('to', { type: 'DateTime', description: 'Where it ends.' }),
  }),
})
