import {
  type FieldCapability,
  type ListRequest,
  matchesFilter,
  type Message,
  type MessageProvider,
  type PagePaging,
  printClause,
  type SourceField,
  toldContact,
} from '@waybill/core'

const TEXT: FieldCapability = { domain: { kind: 'text', nullable: true } }

/** A provider over fixed rows, newest first, and the filters that it was asked for. */
export function memoryProvider(
  rows: readonly Partial<Message>[],
  fields: Partial<Record<SourceField, FieldCapability>> = {},
  paging: PagePaging = { kind: 'page', maxPageSize: 100 },
): { readonly provider: MessageProvider; readonly asked: string[] } {
  const messages = rows.map(toMessage).toSorted((a, b) => b.sentAt - a.sentAt)
  const asked: string[] = []
  const provider: MessageProvider = {
    name: 'memory',
    capabilities: {
      paging,
      fields: {
        status: TEXT,
        type: TEXT,
        direction: TEXT,
        interactionId: TEXT,
        from: TEXT,
        to: TEXT,
        sentAt: { domain: { kind: 'time' } },
        ...fields,
      },
      search: 'none',
      sorts: [{ field: 'createdAt', direction: 'desc' }],
      sparseFields: false,
      totals: 'always',
      maxSkewMs: 0,
    },
    list: async ({ filter, page }: ListRequest, call) => {
      call?.beforeAttempt?.()
      asked.push(filter.map(printClause).join('&'))
      const found = messages.filter((message) => matchesFilter(filter, message, 'memory'))
      if (page.kind !== 'page') throw new TypeError('This provider is read by pages.')
      const part = found.slice((page.number - 1) * page.size, page.number * page.size)
      const report = { total: found.length, pageSize: page.size, lastPage: null }
      return await Promise.resolve({ messages: part, parameters: asked.slice(-1), page: report })
    },
  }
  return { provider, asked }
}

function toMessage(row: Partial<Message>): Message {
  const message = { ...EMPTY, ...row }
  return { ...message, contact: row.contact ?? toldContact(message) }
}

const EMPTY: Message = {
  upstreamId: '',
  whatsappId: null,
  direction: null,
  type: null,
  rawType: null,
  status: null,
  rawStatus: null,
  text: null,
  from: null,
  to: null,
  contact: null,
  interactionId: null,
  isRead: null,
  sentAt: 0,
  failure: null,
  raw: null,
}
