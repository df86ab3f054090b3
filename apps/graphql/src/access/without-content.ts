import {
  type ArchiveRecord,
  type FilterField,
  type Message,
  type MessageField,
  type MessageFilter,
  WaybillError,
} from '@waybill/core'
import type { Engine, MessagePageEdge, MessagesQuery } from '@waybill/engine'

/** How much of a field a caller without `messages:content` gets: all of it, nothing of it, or what is made of it. */
type Visibility = 'open' | 'hidden' | 'masked'

/** Complete by its type: a new field of a message has to be placed here. */
const FIELDS = {
  upstreamId: 'open',
  // It encodes the recipient's number.
  whatsappId: 'hidden',
  direction: 'open',
  type: 'open',
  rawType: 'open',
  status: 'open',
  rawStatus: 'open',
  text: 'hidden',
  from: 'masked',
  to: 'masked',
  contact: 'masked',
  interactionId: 'open',
  isRead: 'open',
  sentAt: 'open',
  failure: 'masked',
  raw: 'hidden',
} as const satisfies Record<MessageField, Visibility>

const VISIBLE_FIELDS: ReadonlySet<MessageField> = new Set(
  (Object.keys(FIELDS) as MessageField[]).filter((field) => FIELDS[field] !== 'hidden'),
)

/** Whether a clause on a field tells nothing about content. Complete by its type, like {@link FIELDS}. */
const FILTERS = {
  source: true,
  status: true,
  type: true,
  direction: true,
  interactionId: true,
  from: false,
  to: false,
  phone: false,
  contact: false,
  sentAt: true,
} as const satisfies Record<FilterField, boolean>

/**
 * The engine as a caller without the scope `messages:content` sees it: content is neither shown nor searched nor filtered by, and not
 * requested, so that neither the work nor its cost depends on what it says. A stored message is read as a whole, and an upstream may send
 * what was not requested: how long texts are takes processor time (docs/operations.md, "What time tells").
 */
export function withoutContent(engine: Engine): Engine {
  return {
    sources: engine.sources,
    messages: async (query) => {
      refuseContent(query)
      const page = await engine.messages({ ...query, fields: visible(query.fields) })
      return {
        ...page,
        rejected: [],
        edges: page.edges.map((edge) => new MaskedEdge(edge)),
      }
    },
    traverse: async function* (query) {
      refuseContent(query)
      for await (const piece of engine.traverse({ ...query, fields: visible(query.fields) })) {
        const { messages, records } = piece
        yield {
          ...piece,
          messages: messages.map(({ source, message }) => ({ source, message: maskedMessage(message) })),
          records: records?.map(maskedRecord) ?? null,
        }
      }
    },
    counts: async (query) => {
      refuseContent(query)
      return engine.counts(query)
    },
    message: async (source, upstreamId, signal) =>
      maskedOrNull(await engine.message(source, upstreamId, signal)),
    detail: async () => null,
    lookups: (signal, allowance) => {
      const lookups = engine.lookups(signal, allowance)
      return {
        needsRequest: () => false,
        message: async (source, upstreamId) => maskedOrNull(await lookups.message(source, upstreamId)),
        detail: async () => null,
      }
    },
    restrictedTo: (ids) => withoutContent(engine.restrictedTo(ids)),
  }
}

function visible(fields: MessagesQuery['fields']): ReadonlySet<MessageField> {
  return new Set([...(fields ?? VISIBLE_FIELDS)].filter((name) => VISIBLE_FIELDS.has(name)))
}

/** What is stored beside a message as a caller without content sees it: details and earlier texts are content. */
export function maskedRecord(record: ArchiveRecord): ArchiveRecord {
  return { ...record, detail: null, textHistory: [] }
}

/**
 * Refuses what would tell about content by the rows that it selects.
 * @throws WaybillError FORBIDDEN naming the argument and the scope
 */
export function refuseContent({ filter, search }: Pick<MessagesQuery, 'filter' | 'search'>): void {
  if (search !== undefined && search !== null && search !== '') throw forbidden('`search`')
  const field = contentFieldOf(filter ?? [])
  if (field !== null) throw forbidden(`A filter by \`${field}\``)
}

function contentFieldOf(filter: MessageFilter): FilterField | null {
  return filter.find(({ field }) => !FILTERS[field])?.field ?? null
}

/** What a caller who does not see content is refused. */
export function forbidden(what: string): WaybillError {
  return new WaybillError('FORBIDDEN', `${what} needs the scope messages:content. Ask the operator for it.`)
}

function maskedOrNull(message: Message | null): Message | null {
  return message && maskedMessage(message)
}

/** An edge whose message shows no content. */
class MaskedEdge implements MessagePageEdge {
  readonly source: string
  readonly message: Message
  readonly #edge: MessagePageEdge

  constructor(edge: MessagePageEdge) {
    this.source = edge.source
    this.message = maskedMessage(edge.message)
    this.#edge = edge
  }

  get cursor(): string {
    return this.#edge.cursor
  }
}

type FieldsOf<Kind extends Visibility> = {
  [Field in MessageField]: (typeof FIELDS)[Field] extends Kind ? Field : never
}[MessageField]

/** All hidden fields as null: complete by its type, so that none is passed on where a source lists it unasked. */
const HIDDEN: Readonly<Record<FieldsOf<'hidden'>, null>> = { whatsappId: null, text: null, raw: null }

/** A message as a caller without content sees it. */
export function maskedMessage(message: Message): Message {
  const { from, to, contact, failure } = message
  const shown: Pick<Message, FieldsOf<'masked'>> = {
    from: endingOf(from),
    to: endingOf(to),
    contact: contact && { ...contact, id: endingOf(contact.id) },
    // Without a code, that there is a failure would tell that there is a reason.
    failure: failure && failure.code !== null ? { code: failure.code, reason: null } : null,
  }
  return { ...message, ...HIDDEN, ...shown }
}

const SHOWN = 4

/** The last four characters of a number or id behind `…`; `…` alone where it is no longer than that. */
function endingOf(value: string): string
function endingOf(value: string | null): string | null
function endingOf(value: string | null): string | null {
  if (value === null) return null
  const characters = [...value]
  return characters.length <= SHOWN ? '…' : `…${characters.slice(-SHOWN).join('')}`
}
