import type { ReadMode } from '@waybill/runtime'
import { builder, type EnumType } from './builder.js'

export const ReadModeType: EnumType<ReadMode> = builder.enumType('ReadMode', {
  description: "Where a source's messages are read from.",
  values: {
    LIVE: { value: 'live', description: 'From the upstream itself, with each query.' },
    ARCHIVE: { value: 'archive', description: 'From the archive, which follows the upstream.' },
  } as const,
})
