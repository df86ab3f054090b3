import { createSync } from '@waybill/archive'
import type { ListRequest, ListResult, Message, MessageProvider } from '@waybill/core'
import { lookInto } from './archives.js'

const PAGE_SIZE = 500
const BEGINNING = Date.UTC(2026, 0, 1)

/** Syncs an archive with a source `shop` of so many messages. @returns their ids */
export async function fillArchive(url: string, count: number): Promise<string[]> {
  const archive = await lookInto(url)
  const poll = { minPollMs: 600_000, maxPollMs: 600_000, maxStalenessMs: 3_600_000 }
  const rateLimit = { requests: 1_000_000, perSeconds: 1 }
  const sources = [{ id: 'shop', provider: sourceOf(count), poll, rateLimit }]
  const sync = createSync({ archive, sources })
  const [result] = await sync.once()
  await sync.close()
  if (result?.isComplete !== true) throw new Error(`The archive was not filled: ${JSON.stringify(result)}`)
  return Array.from({ length: count }, (_, index) => String(index + 1))
}

/** Messages 1 to `count` as a source with cursors, newest first. A cursor is the id of the last message of a page. */
function sourceOf(count: number): MessageProvider {
  const absent = { domain: { kind: 'absent' } } as const
  const listed = { domain: { kind: 'text', nullable: true } } as const
  return {
    name: 'fixture',
    capabilities: {
      paging: { kind: 'cursor', maxPageSize: PAGE_SIZE },
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
      const begin = page.after === null ? count : Number(page.after) - 1
      const messages: Message[] = []
      for (let id = begin; id > 0 && messages.length < page.limit; id -= 1)
        messages.push(messageOf(String(id)))
      const cursors = messages.map(({ upstreamId }) => upstreamId)
      const hasNextPage = begin - messages.length > 0
      return { messages, parameters: [], cursor: { cursors, hasNextPage, total: count } }
    },
  }
}

function messageOf(upstreamId: string): Message {
  return {
    upstreamId,
    whatsappId: `wamid.${upstreamId}`,
    direction: Number(upstreamId) % 3 === 0 ? 'INBOUND' : 'OUTBOUND',
    type: 'TEXT',
    rawType: 'text',
    status: Number(upstreamId) % 4 === 0 ? 'FAILED' : 'READ',
    rawStatus: null,
    text: `Message ${upstreamId}, "with" commas\r\nand lines`,
    from: null,
    to: '+14155552671',
    contact: { id: '+14155552671', basis: 'TOLD' },
    interactionId: null,
    isRead: null,
    // Several share a time.
    sentAt: BEGINNING + Math.floor(Number(upstreamId) / 3) * 1000,
    failure: null,
    raw: { id: upstreamId },
  }
}
