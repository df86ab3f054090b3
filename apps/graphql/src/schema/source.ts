import type { ConfiguredSource, ReadMode } from '@waybill/runtime'
import { ArchiveStatusType } from './archive-status.js'
import { builder, type EnumType, type ObjectType } from './builder.js'
import type { CostExtensions } from './costs.js'
import { NodeType } from './node.js'
import { SourceCapabilitiesType } from './source-capabilities.js'

export const SourceType: ObjectType<ConfiguredSource> = builder
  .objectRef<ConfiguredSource>('Source')
  .implement({
    description: 'A message history that can be queried: one upstream endpoint, as configured.',
    interfaces: [NodeType],
    fields: (t) => ({
      key: t.exposeID('id', {
        description: 'The id from the configuration, which `filter.source` and the errors use.',
      }),
      label: t.exposeString('label', { description: 'Its display name.' }),
      provider: t.string({
        description: 'Name of the package that reads it.',
        resolve: ({ upstream }) => upstream.name,
      }),
      read: t.expose('read', { type: ReadModeType, description: 'Where its messages are read from.' }),
      capabilities: t.field({
        type: SourceCapabilitiesType,
        description:
          'What can be done where it is read from: by the upstream, or by the archive, which applies every filter. ' +
          'Waybill does the rest, at the cost of reading more.',
        resolve: ({ provider }) => provider.capabilities,
      }),
      archive: t.field({
        type: ArchiveStatusType,
        nullable: true,
        description: 'What the archive holds of it; null where there is no archive.',
        resolve: ({ id }, _, { loaders }) => loaders.status(id),
      }),
    }),
  })

const ReadModeType: EnumType<ReadMode> = builder.enumType('ReadMode', {
  description: "Where a source's messages are read from.",
  values: {
    LIVE: { value: 'live', description: 'From the upstream itself, with each query.' },
    ARCHIVE: { value: 'archive', description: 'From the archive, which follows the upstream.' },
  } as const,
})

/** Declares `Query.sources`. */
export function declareSourcesField(): void {
  builder.queryField('sources', (t) =>
    t.field({
      type: [SourceType],
      extensions: { costs: { length: 'sources' } satisfies CostExtensions },
      description: 'The configured sources, in the order of the configuration.',
      resolve: (_, __, { sources }) => [...sources.values()],
    }),
  )
}
