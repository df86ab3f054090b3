import type { TimeRange } from '@waybill/core'
import { builder, type ObjectType } from './builder.js'

export const TimeRangeType: ObjectType<TimeRange> = builder.objectRef<TimeRange>('TimeRange').implement({
  description: 'A span of time, both ends included.',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime', description: 'Where it begins.' }),
    to: t.expose('to', { type: 'DateTime', description: 'Where it ends.' }),
  }),
})
