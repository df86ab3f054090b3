import type { ListRequest, ListResult, Message, MessageProvider } from '@waybill/core'
import type { ConfiguredSource } from '../../src/index.js'

export const BEGIN = Date.parse('2026-10-05T00:00:00Z')
export const MINUTE = 60_000

/** Message 1, 2, … is sent one, two, … minutes after {@link BEGIN}. */
export function messageOf(id: number, changes: Partial<Message> = {}): Message {
  return {
    upstreamId: String(id),
    whatsappId: `wamid.${id}`,
    direction: 'OUTBOUND',
    type: 'TEXT',
    rawType: 'text',
    status: 'DELIVERED',
    rawStatus: null,
    text: `Message ${id}`,
    from: null,
    to: '+14155552671',
    contact: { id: '+14155552671', basis: 'TOLD' },
    interactionId: null,
    isRead: null,
    sentAt: BEGIN + id * MINUTE,
    failure: null,
    raw: { id },
    ...changes,
  }
}

/** A source over an array, the newest message first, with cursors of its own. */
export function arraySource(
  messages: readonly Message[],
  before: (page: number) => void = () => undefined,
): ConfiguredSource {
  const newestFirst = messages.toSorted((a, b) => b.sentAt - a.sentAt)
  const absent = { domain: { kind: 'absent' } } as const
  const listed = { domain: { kind: 'text', nullable: true } } as const
  let pages = 0
  const upstream: MessageProvider = {
    name: 'array-source',
    capabilities: {
      paging: { kind: 'cursor', maxPageSize: 500 },
      fields: {
        status: listed,
        type: listed,
        direction: listed,
        interactionId: absent,
        from: absent,
        to: listed,
        sentAt: { domain: { kind: 'time' } },
      },
      search: 'none',
      sorts: [{ field: 'createdAt', direction: 'desc' }],
      sparseFields: false,
      totals: 'always',
      maxSkewMs: 0,
    },
    list: async ({ page }: ListRequest): Promise<ListResult> => {
      if (page.kind !== 'cursor') throw new TypeError('This source is read by cursors.')
      pages += 1
      before(pages)
      const begin = page.after === null ? 0 : Number(page.after)
      const shown = newestFirst.slice(begin, begin + page.limit)
      return {
        messages: shown,
        parameters: [],
        cursor: {
          cursors: shown.map((_, index) => String(begin + index + 1)),
          hasNextPage: begin + shown.length < newestFirst.length,
          total: newestFirst.length,
        },
      }
    },
    find: async (id) => messages.find(({ upstreamId }) => upstreamId === id) ?? null,
  }
  return { id: 'shop', label: 'shop', read: 'live', upstream, provider: upstream }
}
