import {
  normalizePhone,
  toldContact,
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
  listEnvelope,
  messageEnvelope,
  optional,
  parseOptions,
  parsePart,
  readPart,
  readRows,
  recordIdSchema,
  valueAt,
  type Envelope,
  type PartReading,
} from '@waybill/http'
import * as z from 'zod/mini'

/** What Courier's list can do. Letters are sent as text, to one recipient; sender and conversation are not listed. */
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
    error: optional(z.string('text or null')),
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
      const body = await client.getJson('letters', { ...call, searchParams, envelope: aroundLetters })
      const { letters, more, count } = parsePart(pageSchema, body, '', source)
      const { rows: items, rejected } = readRows(letters, {
        at: 'letters',
        read: readLetter,
        idOf: ({ message }) => message.upstreamId,
        idIn: (letter) => valueAt(letter, ['id']),
      })
      return {
        messages: items.map(({ message }) => message),
        rejected,
        parameters: Object.entries(filter).map(([name, value]) => `${name}=${value}`),
        cursor: { cursors: items.map(({ cursor }) => cursor), hasNextPage: more, total: count },
      }
    },
    async get(upstreamId: string, call: CallOptions = {}) {
      if (!isRecordId(upstreamId)) return null
      try {
        const body = await client.getJson(`letters/${upstreamId}`, { ...call, envelope: aroundLetter })
        const { message } = toItem(parsePart(letterSchema, body, '', source), body)
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

/** The part that may report a failure under HTTP 200: without the letters, since these may have failed themselves. */
function aroundLetters(body: unknown): Envelope {
  const letters = valueAt(body, ['letters'])
  return listEnvelope(body, Array.isArray(letters) ? letters : null)
}

function aroundLetter(body: unknown): Envelope {
  return messageEnvelope(body, { id: 'id', others: ['to', 'body', 'state', 'created_at'] })
}

/** Refuses what the capabilities exclude, instead of leaving it out silently. */
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
  // Courier has one parameter for it, so several clauses on the state become one.
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

/** A letter, and the cursor after it. */
interface Item {
  readonly message: Message
  readonly cursor: string
}

function readLetter(value: unknown, at: string): PartReading<Item> {
  const reading = readPart(letterSchema, value, at)
  return reading.ok ? { ok: true, value: toItem(reading.value, value) } : reading
}

function toItem(letter: z.output<typeof letterSchema>, raw: unknown): Item {
  const parties = { direction: 'OUTBOUND', from: null, to: normalizePhone(letter.to) } as const
  const message: Message = {
    upstreamId: letter.id,
    whatsappId: null,
    ...parties,
    contact: toldContact(parties),
    type: 'TEXT',
    rawType: null,
    status: STATUSES.get(letter.state) ?? 'UNKNOWN',
    rawStatus: letter.state,
    text: letter.body,
    interactionId: null,
    isRead: null,
    sentAt: letter.created_at,
    failure: letter.error === null ? null : { code: null, reason: letter.error },
    raw,
  }
  return { message, cursor: letter.cursor }
}
