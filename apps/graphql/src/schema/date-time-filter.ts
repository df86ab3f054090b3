import { builder, type InputType } from './builder.js'

/** Bounds on a point in time, in milliseconds since the epoch. All that are given must hold; null is as if absent. */
export interface TimeOperands {
  readonly gte?: number | null | undefined
  readonly gt?: number | null | undefined
  readonly lt?: number | null | undefined
  readonly lte?: number | null | undefined
}

export const DateTimeFilterInput: InputType<TimeOperands> = builder.inputType('DateTimeFilter', {
  description: 'Compares a point in time. All bounds that are given must hold.',
  fields: (t) => ({
    gte: t.field({ type: 'DateTime', description: 'At or after this.' }),
    gt: t.field({ type: 'DateTime', description: 'After this.' }),
    lt: t.field({ type: 'DateTime', description: 'Before this.' }),
    lte: t.field({ type: 'DateTime', description: 'At or before this.' }),
  }),
})
