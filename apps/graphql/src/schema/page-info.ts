import type { MessagePage } from '@waybill/engine'
import { builder, type ObjectType } from './builder.js'

/** Where a page stands in the list. */
export type PageInfo = MessagePage['pageInfo']

export const PageInfoType: ObjectType<PageInfo> = builder.objectRef<PageInfo>('PageInfo').implement({
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
