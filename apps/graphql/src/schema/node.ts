import type { ConfiguredSource } from '@waybill/runtime'
import { builder, type InterfaceType } from './builder.js'
import { encodeGlobalId } from './global-id.js'
import type { MessageNode } from './message-node.js'

/** Whatever has a global id. */
export type Node = MessageNode | ConfiguredSource

export const NodeType: InterfaceType<Node> = builder.interfaceRef<Node>('Node').implement({
  description: 'Whatever has a global id.',
  resolveType: (node) => ('message' in node ? 'Message' : 'Source'),
  fields: (t) => ({
    id: t.id({
      description: 'The global id: opaque, stable, and URL-safe. `node` takes it back.',
      resolve: (node) =>
        'message' in node
          ? encodeGlobalId({ type: 'Message', source: node.source, upstreamId: node.message.upstreamId })
          : encodeGlobalId({ type: 'Source', source: node.id }),
    }),
  }),
})
