import { builder } from './builder.js'
import { SourceType } from './source.js'

/** Declares `Query.sources`. */
export function declareSourcesField(): void {
  builder.queryField('sources', (t) =>
    t.field({
      type: [SourceType],
      description: 'The configured sources, in the order of the configuration.',
      resolve: (_, __, { sources }) => [...sources.values()],
    }),
  )
}
