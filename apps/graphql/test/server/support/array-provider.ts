import type { FieldCapability, ListRequest, Message, MessageProvider, SingleMessage } from '@waybill/core'
import type { ConfiguredSource } from '@waybill/runtime'

const TEXT: FieldCapability = { domain: { kind: 'text', nullable: true } }

/** A provider over an array, the newest message first: all that it can do by itself is to page. */
export interface ArrayProvider extends MessageProvider {
  /** The requests so far. */
  readonly requests: readonly ListRequest[]
  /** The ids that were asked for one by one. */
  readonly lookups: readonly string[]
}

export interface ArrayProviderOptions {
  readonly messages?: readonly Message[]
  /** Runs before each answer; what it throws is thrown. */
  readonly before?: ((signal: AbortSignal | undefined) => Promise<void>) | undefined
  readonly capabilities?: Partial<MessageProvider['capabilities']>
}

export function arrayProvider(options: ArrayProviderOptions = {}): ArrayProvider {
  const { messages = [], before, capabilities } = options
  const requests: ListRequest[] = []
  const lookups: string[] = []
  return {
    name: 'array-provider',
    requests,
    lookups,
    capabilities: {
      paging: { kind: 'cursor', maxPageSize: 100 },
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
      sparseFields: true,
      totals: 'always',
      maxSkewMs: 0,
      ...capabilities,
    },
    list: async (request, call) => {
      call?.beforeAttempt?.()
      requests.push(request)
      await before?.(call?.signal)
      return pageOf(messages, request)
    },
    get: async (upstreamId, call) => {
      call?.beforeAttempt?.()
      lookups.push(upstreamId)
      await before?.(call?.signal)
      return single(messages.find((message) => message.upstreamId === upstreamId))
    },
  }
}

/** A provider as a configured source. */
export function sourceOf(id: string, provider: MessageProvider, label: string = id): ConfiguredSource {
  return { id, label, provider, upstream: provider, read: 'live' }
}

function pageOf(messages: readonly Message[], { page }: ListRequest): ReturnType<MessageProvider['list']> {
  if (page.kind !== 'cursor') throw new Error('Only a cursor was declared.')
  const start = page.after === null ? 0 : Number(page.after)
  const slice = messages.slice(start, start + page.limit)
  return Promise.resolve({
    messages: slice,
    parameters: [],
    cursor: {
      cursors: slice.map((_, index) => String(start + index + 1)),
      hasNextPage: start + slice.length < messages.length,
      total: messages.length,
    },
  })
}

function single(message: Message | undefined): SingleMessage | null {
  if (message === undefined) return null
  const detail = { replyToId: null, mediaUrl: null, staffId: null, deliveredAt: null, readAt: null }
  return { message, detail: { ...detail, statusMessage: `status of ${message.upstreamId}` } }
}
