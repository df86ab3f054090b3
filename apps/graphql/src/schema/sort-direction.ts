import type { SortDirection } from '@waybill/core'
import { builder, type EnumType } from './builder.js'

export const SortDirectionType: EnumType<SortDirection> = builder.enumType('SortDirection', {
  description: 'Which way a list is sorted.',
  values: {
    ASC: { value: 'asc', description: 'Oldest first.' },
    DESC: { value: 'desc', description: 'Newest first.' },
  } as const,
})
