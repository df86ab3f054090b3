import type { SourcedMessage } from '@waybill/engine'
import { type ConfiguredSource, encodeGlobalId } from '@waybill/runtime'
import { builder, type InterfaceType } from './builder.js'
import type { MessageFieldExtensions } from './selection.js'

/** An object with a global id. */
export type Node = SourcedMessage | ConfiguredSource

export const NodeType: InterfaceType<Node> = builder.interfaceRef<Node>('Node').implement({
  description: 'An object with a global id.',
  resolveType: (node) => ('message' in node ? 'Message' : 'Source'),
  fields: (t) => ({
    id: t.id({
      description: 'The global id: opaque, stable, and URL-safe. `node` accepts it.',
      resolve: (node) =>
        'message' in node
          ? encodeGlobalId({ type: 'Message', source: node.source, upstreamId: node.message.upstreamId })
          : encodeGlobalId({ type: 'Source', source: node.id }),
      extensions: { needs: ['upstreamId'] } satisfies MessageFieldExtensions,
    }),
  }),
})
