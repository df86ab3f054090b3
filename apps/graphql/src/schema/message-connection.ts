import type { MessagePage, MessagePageEdge } from '@waybill/engine'
import { builder, type ObjectType } from './builder.js'
import type { RequestBudget } from './message-loaders.js'
import { type MessageNode, MessageObject } from './message.js'
import { SourceReportType } from './source-report.js'

/** A page, and what is left of its `maxUpstreamRequests` for details. */
export interface MessageConnection {
  readonly page: MessagePage
  readonly budget: RequestBudget | undefined
}

interface MessageEdge {
  readonly edge: MessagePageEdge
  readonly node: MessageNode
}

const MessageEdgeType: ObjectType<MessageEdge> = builder.objectRef<MessageEdge>('MessageEdge').implement({
  description: 'A message in its place in the list.',
  fields: (t) => ({
    cursor: t.string({
      description: 'Give it as `after` to go on behind this message. Bound to filter, sort and search.',
      resolve: ({ edge }) => edge.cursor,
    }),
    node: t.expose('node', { type: MessageObject, description: 'The message.' }),
  }),
})

export const MessageConnectionType: ObjectType<MessageConnection> = builder
  .objectRef<MessageConnection>('MessageConnection')
  .implement({
    description: 'A page of the messages of all sources, in one order.',
    fields: (t) => ({
      edges: t.field({
        type: [MessageEdgeType],
        description: 'The messages with their cursors.',
        resolve: ({ page, budget }) => page.edges.map((edge) => ({ edge, node: toNode(edge, budget) })),
      }),
      nodes: t.field({
        type: [MessageObject],
        description: 'The messages.',
        resolve: ({ page, budget }) => page.edges.map((edge) => toNode(edge, budget)),
      }),
      pageInfo: t.field({
        type: PageInfoType,
        description:
          'Where this page stands in the list. A page may be shorter than `first` while there is more to come.',
        resolve: ({ page }) => page.pageInfo,
      }),
      totalCount: t.int({
        nullable: true,
        description:
          'How many messages match, exactly; null where no exact figure can be had. ' +
          'Computed only when selected, and may cost requests.',
        resolve: ({ page }) => page.totalCount,
      }),
      sources: t.field({
        type: [SourceReportType],
        description: 'What each configured source contributed to this answer, and what it could not.',
        resolve: ({ page }) => page.reports,
      }),
    }),
  })

function toNode({ source, message }: MessagePageEdge, budget: RequestBudget | undefined): MessageNode {
  return { source, message, budget }
}

/** Where a page stands in the list. */
export type PageInfo = MessagePage['pageInfo']

const PageInfoType: ObjectType<PageInfo> = builder.objectRef<PageInfo>('PageInfo').implement({
  description: "Where a page stands in the list, as Relay's specification of connections has it.",
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description: 'Whether there may be more after this page.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'False: a list is read forwards only.',
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'Cursor of the first edge; null on a page without edges.',
    }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description:
        'Give it as `after` to go on. Also set on a page without edges that ended early because its budget was spent.',
    }),
  }),
})
