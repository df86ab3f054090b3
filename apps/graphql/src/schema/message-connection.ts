import type { MessagePage, MessagePageEdge } from '@waybill/engine'
import { builder, type ObjectType } from './builder.js'
import type { CostExtensions } from './costs.js'
import { MessageObject } from './message.js'
import { SourceReportType } from './source-report.js'

const AS_THE_PAGE: CostExtensions = { length: 'page' }

const MessageEdgeType: ObjectType<MessagePageEdge> = builder
  .objectRef<MessagePageEdge>('MessageEdge')
  .implement({
    description: 'A message in its place in the list.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: 'Pass it as `after` to continue after this message. Bound to filter, sort and search.',
      }),
      node: t.field({ type: MessageObject, description: 'The message.', resolve: (edge) => edge }),
    }),
  })

export const MessageConnectionType: ObjectType<MessagePage> = builder
  .objectRef<MessagePage>('MessageConnection')
  .implement({
    description: 'A page of the messages of all sources, in one order.',
    fields: (t) => ({
      edges: t.expose('edges', {
        type: [MessageEdgeType],
        description: 'The messages with their cursors.',
        extensions: { costs: AS_THE_PAGE },
      }),
      nodes: t.expose('edges', {
        type: [MessageObject],
        description: 'The messages.',
        extensions: { costs: AS_THE_PAGE },
      }),
      pageInfo: t.expose('pageInfo', {
        type: PageInfoType,
        description:
          'The place of this page in the list. A page may be shorter than `first` while `hasNextPage` is true.',
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: true,
        description:
          'How many messages match, exactly; null if it cannot be known. ' +
          'Computed only when selected, and may cost requests.',
      }),
      sources: t.expose('reports', {
        type: [SourceReportType],
        extensions: { costs: { length: 'sources' } satisfies CostExtensions },
        description: 'What each configured source contributed to this answer, and what it could not.',
      }),
    }),
  })

type PageInfo = MessagePage['pageInfo']

const PageInfoType: ObjectType<PageInfo> = builder.objectRef<PageInfo>('PageInfo').implement({
  description: "The position of a page in the list, as in Relay's connection specification.",
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
        'Pass it as `after` to continue. Also set on a page without edges that ended early because its budget was spent.',
    }),
  }),
})
