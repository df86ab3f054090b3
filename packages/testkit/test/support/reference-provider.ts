import {
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  UpstreamError,
  type CallOptions,
  type FilterClause,
  type ListRequest,
  type ListResult,
  type Message,
  type MessageProvider,
  type Paging,
  type ProviderCapabilities,
  type ProviderFactory,
  type SourceField,
} from '@waybill/core'
import {
  baseUrlSchema,
  createUpstreamClient,
  credentialSchema,
  isRecordId,
  listEnvelope,
  parseOptions,
  parsePart,
  readPart,
  readRows,
  valueAt,
  type Envelope,
  type UpstreamClient,
} from '@waybill/http'
import * as z from 'zod/mini'

const VALUES = { eq: 'exact', ne: 'exact', in: 'exact', notIn: 'exact' } as const
const TIMES = { gt: 'exact', gte: 'exact', lt: 'exact', lte: 'exact' } as const
const TEXT = { domain: { kind: 'text', nullable: true }, operators: VALUES } as const

function referenceCapabilities(paging: Paging): ProviderCapabilities {
  return {
    paging,
    fields: {
      status: { domain: { kind: 'values', values: MESSAGE_STATUSES, nullable: true }, operators: VALUES },
      type: { domain: { kind: 'values', values: MESSAGE_TYPES, nullable: true }, operators: VALUES },
      direction: { domain: { kind: 'values', values: ['INBOUND', 'OUTBOUND'], nullable: false } },
      interactionId: { domain: { kind: 'integer', nullable: true }, operators: { eq: 'exact' } },
      from: TEXT,
      to: { domain: { kind: 'absent' } },
      sentAt: { domain: { kind: 'time' }, operators: TIMES },
    },
    search: 'exact',
    sorts: [
      { field: 'createdAt', direction: 'desc' },
      { field: 'createdAt', direction: 'asc' },
      { field: 'updatedAt', direction: 'desc' },
    ],
    sparseFields: false,
    totals: paging.kind === 'window' ? 'never' : 'always',
    maxSkewMs: 60_000,
  }
}

const messageSchema = z.looseObject({ upstreamId: z.string(), sentAt: z.number() }, 'an object')
const pageSchema = z.object(
  {
    messages: z.array(z.unknown(), 'a list'),
    cursors: z.array(z.string()),
    hasNextPage: z.boolean(),
    total: z.number(),
    pageSize: z.number(),
    lastPage: z.number(),
  },
  'an object',
)
const OPTIONS = { key: credentialSchema, baseUrl: baseUrlSchema }

/** A provider of the reference upstream in which nothing is wrong. */
export function referenceProvider(paging: Paging): ProviderFactory {
  const capabilities = referenceCapabilities(paging)
  return (options, context) => {
    const { key, baseUrl } = parseOptions(OPTIONS, options)
    const headers = { authorization: key }
    const client = createUpstreamClient({ ...context, baseUrl, headers, secrets: [key] })
    return {
      name: 'reference-provider',
      capabilities,
      list: (request, call) => list(client, context.source, capabilities, request, call),
      get: (id, call) => get(client, context.source, id, call),
    }
  }
}

async function list(
  client: UpstreamClient,
  source: string,
  capabilities: ProviderCapabilities,
  request: ListRequest,
  call?: CallOptions,
): Promise<ListResult> {
  const { page, filter, search, sort } = request
  const sorted = capabilities.sorts.some((each) => JSON.stringify(each) === JSON.stringify(sort))
  const sayable = filter.every((clause) => isDeclared(capabilities, clause))
  if (page.kind !== capabilities.paging.kind || !sorted || !sayable) throw new TypeError('Not declared.')
  const searchParams = { request: JSON.stringify({ page, filter, search, sort }) }
  const answer = await client.getJson('messages', { ...call, searchParams, envelope })
  const body = parsePart(pageSchema, answer, '', source)
  const { hasNextPage, total, pageSize, lastPage } = body
  const { rows, rejected } = readRows(body.messages, {
    at: 'messages',
    read: (item, at) => readPart(messageSchema, item, at),
    idOf: ({ upstreamId }) => upstreamId,
    idIn: (item) => valueAt(item, ['upstreamId']),
  })
  const messages = rows as unknown as Message[]
  const places = rejected.map(({ position }) => position)
  const cursors = body.cursors.filter((_, position) => !places.includes(position))
  const result = { messages, rejected, parameters: [`request=${searchParams.request}`] }
  if (page.kind === 'window') return result
  return page.kind === 'page'
    ? { ...result, page: { total, pageSize, lastPage } }
    : { ...result, cursor: { cursors, hasNextPage, total } }
}

function envelope(body: unknown): Envelope {
  const messages = valueAt(body, ['messages'])
  return listEnvelope(body, Array.isArray(messages) ? messages : null)
}

function isDeclared(
  { fields }: ProviderCapabilities,
  { field, operator, ...operands }: FilterClause,
): boolean {
  const integers =
    'values' in operands ? operands.values.every((value) => /^(?:0|-?[1-9]\d*)$/.test(value)) : true
  const declared = fields[field as SourceField]?.operators?.[operator] !== undefined
  return declared && (field !== 'interactionId' || integers)
}

async function get(
  client: UpstreamClient,
  source: string,
  id: string,
  call?: CallOptions,
): ReturnType<NonNullable<MessageProvider['get']>> {
  if (!isRecordId(id)) return null
  try {
    const message = parsePart(messageSchema, await client.getJson(`messages/${id}`, call), '', source)
    const none = { statusMessage: null, replyToId: null, mediaUrl: null, staffId: null }
    return { message: message as unknown as Message, detail: { ...none, deliveredAt: null, readAt: null } }
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 404) return null
    throw error
  }
}
