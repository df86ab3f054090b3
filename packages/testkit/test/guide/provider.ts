import {
  normalizePhone,
  UpstreamError,
  type CallOptions,
  type FilterClause,
  type ListRequest,
  type Message,
  type MessageStatus,
  type ProviderCapabilities,
  type ProviderFactory,
} from '@waybill/core'
import {
  baseUrlSchema,
  createUpstreamClient,
  credentialSchema,
  dateTimeSchema,
  isRecordId,
  parseOptions,
  parsePart,
  recordIdSchema,
  rejectRepeats,
} from '@waybill/http'
import * as z from 'zod/mini'

/** What Courier's list can do. Letters go out as text, to one recipient; it tells neither sender nor conversation. */
const capabilities: ProviderCapabilities = {
  paging: { kind: 'cursor', maxPageSize: 50 },
  fields: {
    direction: { domain: { kind: 'values', values: ['OUTBOUND'], nullable: false } },
    type: { domain: { kind: 'values', values: ['TEXT'], nullable: false } },
    status: {
      domain: {
        kind: 'values',
        values: ['SENT', 'DELIVERED', 'READ', 'FAILED', 'UNKNOWN'],
        nullable: false,
        rest: 'UNKNOWN',
      },
      operators: { eq: 'exact', in: 'exact' },
      listSeparator: ',',
    },
    interactionId: { domain: { kind: 'absent' } },
    from: { domain: { kind: 'absent' } },
    to: { domain: { kind: 'text', nullable: false } },
    sentAt: { domain: { kind: 'time' } },
  },
  search: 'none',
  sorts: [{ field: 'createdAt', direction: 'desc' }],
  sparseFields: false,
  totals: 'always',
  maxSkewMs: 0,
}

const STATUSES: ReadonlyMap<string, MessageStatus> = new Map([
  ['sent', 'SENT'],
  ['delivered', 'DELIVERED'],
  ['read', 'READ'],
  ['failed', 'FAILED'],
])

const OPTIONS = { key: credentialSchema, baseUrl: baseUrlSchema }

const letterSchema = z.object(
  {
    id: recordIdSchema,
    cursor: z.string('text'),
    to: z.string('text'),
    body: z.string('text'),
    state: z.string('text'),
    error: z.nullish(z.string('text or null')),
    created_at: dateTimeSchema,
  },
  'an object',
)
const pageSchema = z.object(
  {
    letters: z.array(z.unknown(), 'a list'),
    more: z.boolean('a boolean'),
    count: z.int('an integer'),
  },
  'an object',
)

/** Makes a provider of one Courier account. */
export const createProvider: ProviderFactory = (options, context) => {
  const { key, baseUrl } = parseOptions(OPTIONS, options)
  const { source } = context
  const client = createUpstreamClient({
    ...context,
    baseUrl,
    headers: { 'x-courier-key': key },
    secrets: [key],
  })
  return {
    name: 'waybill-provider-courier',
    capabilities,
    async list(request: ListRequest, call: CallOptions = {}) {
      const filter = filterParameters(request)
      const searchParams = { ...placeParameters(request), ...filter }
      const body = await client.getJson('letters', { ...call, searchParams })
      const { letters, more, count } = parsePart(pageSchema, body, '', source)
      const items = letters.map((letter, index) => readLetter(letter, `letters[${index}]`, source))
      rejectRepeats(
        items.map(({ message }) => message.upstreamId),
        'letters',
        source,
      )
      return {
        messages: items.map(({ message }) => message),
        parameters: Object.entries(filter).map(([name, value]) => `${name}=${value}`),
        cursor: { cursors: items.map(({ cursor }) => cursor), hasNextPage: more, total: count },
      }
    },
    async get(upstreamId: string, call: CallOptions = {}) {
      if (!isRecordId(upstreamId)) return null
      try {
        const { message } = readLetter(await client.getJson(`letters/${upstreamId}`, call), '', source)
        return { message, detail: NO_DETAIL }
      } catch (error) {
        if (error instanceof UpstreamError && error.status === 404) return null
        throw error
      }
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

/** Nothing that the capabilities rule out is sent, or quietly left out. */
function placeParameters({ page, search, sort }: ListRequest): Record<string, string> {
  if (page.kind !== 'cursor') throw new TypeError(`Courier is read by cursor, not by ${page.kind}.`)
  if (search !== null) throw new TypeError('Courier cannot search.')
  if (sort.field !== 'createdAt' || sort.direction !== 'desc') {
    throw new TypeError('Courier lists the newest first, and in no other order.')
  }
  return { limit: String(page.limit), ...(page.after === null ? {} : { after: page.after }) }
}

function filterParameters({ filter }: ListRequest): Record<string, string> {
  const [first, ...others] = filter.map(statesOf)
  if (first === undefined) return {}
  // One parameter is all there is: several clauses on the state are made one.
  const states = first.filter((state) => others.every((other) => other.includes(state)))
  return { state: states.join(',') }
}

function statesOf(clause: FilterClause): string[] {
  if (clause.field !== 'status' || !['eq', 'in'].includes(clause.operator)) {
    throw new TypeError(`Courier cannot filter by ${clause.field} ${clause.operator}.`)
  }
  return clause.values.map((value) => {
    const [state] = [...STATUSES].find(([, status]) => status === value) ?? []
    if (state === undefined) throw new TypeError(`Courier has no word for the status ${value}.`)
    return state
  })
}

function readLetter(value: unknown, at: string, source: string): { message: Message; cursor: string } {
  const letter = parsePart(letterSchema, value, at, source)
  const message: Message = {
    upstreamId: letter.id,
    whatsappId: null,
    direction: 'OUTBOUND',
    type: 'TEXT',
    rawType: null,
    status: STATUSES.get(letter.state) ?? 'UNKNOWN',
    rawStatus: letter.state,
    text: letter.body,
    from: null,
    to: normalizePhone(letter.to),
    interactionId: null,
    isRead: null,
    sentAt: letter.created_at,
    failure:
      letter.error === undefined || letter.error === null ? null : { code: null, reason: letter.error },
    raw: value,
  }
  return { message, cursor: letter.cursor }
}
