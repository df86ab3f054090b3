import type { Message } from '@waybill/core'
import { createEngine, type Engine } from '@waybill/engine'
import fc from 'fast-check'
import { graphql } from 'graphql'
import { expect, test } from 'vitest'
import { createCallerViews, type CallerView } from '../../src/access/caller-view.js'
import { createCursorSeal } from '../../src/access/cursor-seal.js'
import { withoutContent } from '../../src/access/without-content.js'
import { createArchiveLoaders } from '../../src/schema/archive-loaders.js'
import { createMessageLoaders } from '../../src/schema/message-loaders.js'
import { encodeGlobalId } from '@waybill/runtime'
import { schema } from '../../src/schema/schema.js'
import { arrayProvider, sourceOf } from '../server/support/array-provider.js'
import { message } from '../server/support/message.js'

const ROUNDS = Number(process.env['WAYBILL_ROUNDS'] ?? 150)
const SEAL = createCursorSeal(['a key for the cursors of the game'])

/** What a caller without `messages:content` must not learn of a message. */
interface Content {
  readonly text: string | null
  readonly number: string
  readonly reason: string | null
  readonly raw: unknown
}

const content: fc.Arbitrary<Content> = fc.record({
  text: fc.option(fc.constantFrom('Your code is 4711', 'parcel', '<b>code</b>', '')),
  number: fc.constantFrom('+4930231', '+1415555', '+5521999', '+44'),
  reason: fc.option(fc.constantFrom('Not a WhatsApp user', 'Expired')),
  raw: fc.jsonValue(),
})

/** What the caller may learn of it. */
const open = fc.record({
  status: fc.constantFrom<Message['status']>('SENT', 'FAILED', 'READ', null),
  direction: fc.constantFrom<Message['direction']>('INBOUND', 'OUTBOUND', null),
  interactionId: fc.option(fc.constantFrom('1', '2')),
  ending: fc.constantFrom('5380', '2671'),
})

/** Two histories that differ in content alone. */
const histories = fc
  .array(fc.tuple(open, content, content), { minLength: 1, maxLength: 8 })
  .map(
    (rows) =>
      [
        rows.map(([known, one]) => ({ known, hidden: one })),
        rows.map(([known, , other]) => ({ known, hidden: other })),
      ] as const,
  )

type Row = { readonly known: typeof open extends fc.Arbitrary<infer T> ? T : never; readonly hidden: Content }

function historyOf(rows: readonly Row[]): Message[] {
  return rows.map(({ known, hidden }, index) => {
    const party = `${hidden.number}${known.ending}`
    return message(index + 1, {
      status: known.status,
      direction: known.direction,
      interactionId: known.interactionId,
      text: hidden.text,
      raw: hidden.raw,
      whatsappId: `wamid.${Buffer.from(party).toString('base64')}`,
      from: known.direction === 'INBOUND' ? party : null,
      to: known.direction === 'OUTBOUND' ? party : null,
      contact: { id: party, basis: 'CONVERSATION' },
      failure: known.status === 'FAILED' ? { code: '470', reason: hidden.reason } : null,
    })
  })
}

const MESSAGE = `id upstreamId whatsappId direction type rawType status rawStatus text from to contact { id basis } interactionId isRead sentAt raw
  failure { code reason } detail { statusMessage replyToId mediaUrl staffId deliveredAt readAt } statusHistory { status }
  textHistory { text replacedAt }`
const LIST = `query ($filter: MessageFilter, $search: String, $first: Int, $after: String, $sort: MessageSort) {
  messages(filter: $filter, search: $search, first: $first, after: $after, sort: $sort, onSourceError: PARTIAL) {
    totalCount pageInfo { hasNextPage startCursor endCursor }
    edges { cursor node { ${MESSAGE} } }
    sources { outcome completeness warnings { code message count } reachesBackTo pushedDown evaluatedLocally
      upstreamRequests error { code message } } } }`
const LOOKUP = `query ($id: ID!) { node(id: $id) { ... on Message { ${MESSAGE} } } message(id: $id) { ${MESSAGE} } nodes(ids: [$id]) { id } }`

const value = fc.constantFrom('+49302315380', '+14155552671', '5380', 'a', '')
const clause = fc.oneof(
  fc.record({ status: fc.record({ in: fc.constant(['FAILED', 'SENT']) }) }),
  fc.record({ direction: fc.record({ ne: fc.constant('INBOUND') }) }),
  fc.record({ interactionId: fc.record({ eq: fc.constantFrom('1', '3') }) }),
  ...(['from', 'to', 'phone', 'contact'] as const).map((field) =>
    fc.oneof(
      value.map((eq) => ({ [field]: { eq } })),
      value.map((ne) => ({ [field]: { ne } })),
      value.map((one) => ({ [field]: { in: [one] } })),
      fc.constant({ [field]: { startsWith: '+49' } }),
    ),
  ),
)
const operation = fc.oneof(
  fc.record({
    query: fc.constant(LIST),
    variables: fc.record({
      filter: fc.option(clause),
      search: fc.option(fc.constantFrom('code', 'x', '')),
      first: fc.integer({ min: 1, max: 5 }),
      sort: fc.option(fc.constant({ field: 'CREATED_AT', direction: 'DESC' })),
    }),
  }),
  fc.record({
    query: fc.constant(LOOKUP),
    variables: fc.record({
      id: fc
        .integer({ min: 0, max: 9 })
        .map((id) => encodeGlobalId({ type: 'Message', source: 'shop', upstreamId: String(id) })),
    }),
  }),
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** How a server shows itself to a caller without content. */
type Masking = (engine: Engine) => Engine

function viewOf(rows: readonly Row[], masking: Masking): CallerView {
  const sources = [sourceOf('shop', arrayProvider({ messages: historyOf(rows) }))]
  const view = createCallerViews({ engine: createEngine({ sources }), sources, seal: SEAL })
  const { engine } = view({ scopes: new Set(['messages:read', 'messages:content']), sources: null })
  return { ...view({ scopes: new Set(['messages:read']), sources: null }), engine: masking(engine) }
}

const UNBOUNDED = { isSpent: false, spend: () => undefined, count: () => true }
const allowAll = (): void => undefined

/** All that comes back; of cursors what is sealed in them, but for the time at which the traversal began. */
async function answerOf(view: CallerView, { query, variables }: Operation): Promise<string> {
  const { signal } = new AbortController()
  const loading = { signal, allowance: UNBOUNDED, allow: allowAll }
  const loaders = { ...createMessageLoaders(view.engine, loading), ...createArchiveLoaders(null, view) }
  const answer = await graphql({
    schema,
    source: query,
    variableValues: variables,
    contextValue: {
      ...view,
      archive: null,
      loaders,
      signal,
      allowance: UNBOUNDED,
      meter: UNBOUNDED,
      turn: async () => undefined,
    },
  })
  return JSON.stringify(answer, (key, item: unknown) =>
    /cursor/i.test(key) && typeof item === 'string' ? contentOf(item) : item,
  )
}

function contentOf(cursor: string): readonly unknown[] {
  const token = SEAL.open(cursor, '["content","all"]')
  const [version, bound, , positions] = JSON.parse(
    Buffer.from(token.slice(12), 'base64url').toString(),
  ) as readonly unknown[]
  return [version, bound, positions]
}

/** Plays until an answer tells two histories apart; null where none does. */
async function play(masking: Masking, rounds: number): Promise<string | null> {
  const outcome = await fc.check(
    fc.asyncProperty(histories, operation, async ([one, other], asked) => {
      expect(await answerOf(viewOf(one, masking), asked)).toBe(await answerOf(viewOf(other, masking), asked))
    }),
    { numRuns: rounds, seed: 20261128, endOnFailure: true },
  )
  return outcome.failed ? String(outcome.errorInstance) : null
}

test(
  'without messages:content no answer tells two histories apart that differ in content alone',
  async () => {
    expect(await play(withoutContent, ROUNDS)).toBeNull()
  },
  120_000 + ROUNDS * 100,
)

/** The masked engine, but for what is changed in its pages. */
function leaking(change: (shown: Message, real: Message) => Message): Masking {
  return (engine) => ({
    ...withoutContent(engine),
    messages: async (query) => {
      const page = await withoutContent(engine).messages(query)
      const { edges } = await engine.messages({ ...query, fields: null })
      return {
        ...page,
        edges: page.edges.map((edge, index) => ({
          ...edge,
          // A getter of the engine's edges, which a copy lacks.
          cursor: edge.cursor,
          message: change(edge.message, edges[index]?.message ?? edge.message),
        })),
      }
    },
  })
}

/** The masked engine, but for one argument that it lets through. */
function permitting(argument: 'search' | 'filter'): Masking {
  return (engine) => ({
    ...withoutContent(engine),
    messages: async (query) => {
      const { edges, ...found } = await engine.messages(query)
      const page = await withoutContent(engine).messages({ ...query, [argument]: undefined })
      const kept = new Set(edges.map(({ message: { upstreamId } }) => upstreamId))
      return {
        ...page,
        totalCount: found.totalCount,
        edges: page.edges.filter((edge) => kept.has(edge.message.upstreamId)),
      }
    },
  })
}

test.each<[string, Masking]>([
  ['shows texts', leaking((shown, { text }) => ({ ...shown, text }))],
  ['shows raw objects', leaking((shown, { raw }) => ({ ...shown, raw }))],
  ['shows the beginning of numbers', leaking((shown, { to }) => ({ ...shown, to }))],
  ["shows the sender's number", leaking((shown, { from }) => ({ ...shown, from }))],
  [
    "shows WhatsApp's id, which holds the number",
    leaking((shown, { whatsappId }) => ({ ...shown, whatsappId })),
  ],
  ['shows the reason of a failure', leaking((shown, { failure }) => ({ ...shown, failure }))],
  ['shows how long a text is', leaking((shown, { text }) => ({ ...shown, rawType: String(text?.length) }))],
  ['searches', permitting('search')],
  ['filters by numbers', permitting('filter')],
  [
    'looks messages up unmasked',
    (engine) => ({ ...withoutContent(engine), lookups: (signal) => engine.lookups(signal) }),
  ],
])('the game finds a server that %s', async (_, masking) => {
  expect(await play(masking, 2000)).not.toBeNull()
})
