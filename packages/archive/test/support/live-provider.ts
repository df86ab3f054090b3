import type { FieldCapability, Message, MessageProvider } from '@waybill/core'

const TEXT: FieldCapability = { domain: { kind: 'text', nullable: true } }

/** What reads a source upstream: it lists nothing, tells of single messages what it was given, and may have any value. */
export function liveProvider(singles: readonly Message[] = []): MessageProvider {
  return {
    name: 'live',
    capabilities: {
      paging: { kind: 'window', maxItems: 100 },
      fields: {
        status: TEXT,
        type: TEXT,
        direction: TEXT,
        interactionId: TEXT,
        from: TEXT,
        to: TEXT,
        sentAt: { domain: { kind: 'time' } },
      },
      search: 'none',
      sorts: [{ field: 'createdAt', direction: 'desc' }],
      sparseFields: false,
      totals: 'never',
      maxSkewMs: 0,
    },
    list: async () => ({ messages: [], parameters: [] }),
    get: async (id) => {
      const message = singles.find(({ upstreamId }) => upstreamId === id)
      return message === undefined ? null : { message, detail: NO_DETAIL }
    },
  }
}

const NO_DETAIL = {
  statusMessage: null,
  replyToId: null,
  mediaUrl: null,
  staffId: null,
  deliveredAt: null,
  readAt: null,
}
