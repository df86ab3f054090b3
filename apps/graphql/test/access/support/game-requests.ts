import { FORMAT_NAMES } from '@waybill/export'
import { encodeGlobalId } from '@waybill/runtime'
import fc from 'fast-check'

/** One request of the game. */
export interface GameRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Whether it is a stream without an end, which is left when all events of the history were there. */
  readonly isStream?: boolean
}

const MESSAGE = `id upstreamId whatsappId direction type rawType status rawStatus text from to contact { id basis } interactionId isRead sentAt raw
  failure { code reason } detail { statusMessage replyToId mediaUrl staffId deliveredAt readAt } statusHistory { status }
  textHistory { text replacedAt } deletedAt`
const REPORT = `outcome completeness warnings { code message count } reachesBackTo gaps { from to } pushedDown evaluatedLocally
  upstreamRequests error { code message }`
const LIST = `query ($filter: MessageFilter, $search: String, $first: Int, $sort: MessageSort) {
  messages(filter: $filter, search: $search, first: $first, sort: $sort, onSourceError: PARTIAL) {
    totalCount pageInfo { hasNextPage startCursor endCursor } edges { cursor node { ${MESSAGE} } } sources { ${REPORT} } } }`
/** Of what clients send most: it is answered from a prepared document. */
const PLAIN = `query ($filter: MessageFilter, $first: Int) {
  messages(filter: $filter, first: $first) { pageInfo { hasNextPage endCursor } nodes { id text from to contact { id } status raw failure { code reason } } } }`
const LOOKUP = `query ($id: ID!, $upstreamId: ID!) {
  node(id: $id) { ... on Message { ${MESSAGE} } } message(id: $id) { ${MESSAGE} } nodes(ids: [$id]) { id }
  messagesByUpstreamId(upstreamId: $upstreamId) { ${MESSAGE} } }`
const COUNTS = `query ($filter: MessageFilter, $search: String, $by: [MessageCountKey!]!) {
  messageCounts(filter: $filter, search: $search, by: $by) {
    total groups { count period source { key } status type direction failureCode } sources { ${REPORT} } } }`
const RECONCILE = `query ($entries: [LogEntryInput!]!) {
  reconcile(entries: $entries) { agreement entries unclaimed verdicts { verdict count } sources { completeness from to gaps { from to } }
    findings { entry verdict rule confidence upstreamId deltaSeconds status reasons because span { from to } candidates { upstreamId }
      duplicateOf similarMessages { upstreamId deltaSeconds differs } similarEntries { entry deltaSeconds differs }
      message { ${MESSAGE} } } } }`
const SOURCES = `{ sources { key archive { messageCount coverage { from to } gaps { from to } proven { from to } rejectedCount lastError { code }
  pollIntervalSeconds } } }`
const EVENTS = `subscription ($after: ID, $filter: MessageFilter) {
  messageEvents(after: $after, filter: $filter) { id kind message { ${MESSAGE} } range { from to } } }`

const value = fc.constantFrom('+49302315380', '+14155552671', '5380', 'a', '')
const clause = fc.oneof(
  fc.record({ status: fc.record({ in: fc.constant(['FAILED', 'SENT']) }) }),
  fc.record({ direction: fc.record({ ne: fc.constant('INBOUND') }) }),
  fc.record({ interactionId: fc.record({ eq: fc.constantFrom('1', '3') }) }),
  ...(['from', 'to', 'phone', 'contact'] as const).map((field) =>
    fc.oneof(
      value.map((eq) => ({ [field]: { eq } })),
      value.map((ne) => ({ [field]: { ne } })),
      fc.constant({ [field]: { startsWith: '+49' } }),
    ),
  ),
)
const filter = fc.option(clause)
const forbidden = fc.constantFrom(null, { to: { startsWith: '+49' } }, { contact: { ne: '+49302315380' } })
const search = fc.option(fc.constantFrom('code', 'x', ''))
/** Of the messages that are kept, of those that are listed live (they begin with 1), and of none. */
const number = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 11, max: 16 })).map(String)
const compression = fc.constantFrom('identity', 'gzip', 'br', 'zstd')

function graphql(
  query: string,
  variables: fc.Arbitrary<Readonly<Record<string, unknown>>>,
): fc.Arbitrary<GameRequest> {
  return fc.tuple(variables, compression).map(([given, encoding]) => ({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'accept-encoding': encoding },
    body: JSON.stringify({ query, variables: given }),
  }))
}

const sort = fc.option(
  fc.record({
    field: fc.constantFrom('CREATED_AT', 'UPDATED_AT'),
    direction: fc.constantFrom('ASC', 'DESC'),
  }),
)
const first = fc.integer({ min: 1, max: 5 })
const id = fc
  .tuple(fc.constantFrom('kept', 'live'), number)
  .map(([source, upstreamId]) => encodeGlobalId({ type: 'Message', source, upstreamId }))
const by = fc.uniqueArray(fc.constantFrom('DAY', 'STATUS', 'DIRECTION', 'FAILURE_CODE', 'SOURCE'))

/** An entry of a log: by its id alone as a rule, else by what the caller may not ask for. */
const entry = fc.oneof(
  // Near messages with other ids: what resembles an entry would show content.
  {
    weight: 2,
    arbitrary: fc.record({ id: number, at: fc.constantFrom('2026-04-24T11:58:00Z', '2026-04-24T11:47:00Z') }),
  },
  { weight: 4, arbitrary: fc.record({ id: number, status: fc.option(fc.constantFrom('READ', 'FAILED')) }) },
  fc.record({ whatsappId: fc.constant(`wamid.${Buffer.from('+49302315380').toString('base64')}`) }),
  fc.record({ id: number, text: fc.constant('parcel') }),
  fc.record({ id: number, to: fc.constant('+49302315380') }),
  fc.record({ id: number, reference: fc.constant('4711') }),
)
const entries = fc.array(entry, { minLength: 1, maxLength: 4 })

const FIELDS =
  'source,upstreamId,whatsappId,sentAt,status,from,to,contact,text,failureCode,failureReason,deliveredAt,readAt,raw'
const download = fc
  .record({
    format: fc.constantFrom(...FORMAT_NAMES),
    method: fc.constantFrom('GET', 'HEAD'),
    encoding: compression,
    query: fc.constantFrom(
      '',
      `fields=${FIELDS}`,
      'fields=upstreamId,statusHistory,deletedAt&source=live',
      'filter[status]=failed&sort=created_at',
      'filter[to][starts_with]=%2B49',
      'filter[contact]=%2B49302315380',
      'search=code',
      'fields=nothing',
    ),
  })
  .map(({ format, method, encoding, query }) => ({
    method,
    path: `/messages.${format}?${query}`,
    headers: { 'accept-encoding': encoding },
  }))

const upload = fc
  .record({
    log: entries,
    isCsv: fc.boolean(),
    query: fc.constantFrom('', '?summary=only', '?source=kept', '?live=1', '?format=csv', '?format=xlsx'),
  })
  .map(({ log, isCsv, query }) => {
    const ids = log.map((each) => ('id' in each ? each.id : ''))
    const body = isCsv ? `id\n${ids.join('\n')}\n` : log.map((each) => JSON.stringify(each)).join('\n')
    return { method: 'POST', path: `/reconcile${query}`, headers: {}, body }
  })

/**
 * All that the server answers.
 * @param beginning what stands before the first event
 */
export function gameRequest(beginning: string): fc.Arbitrary<GameRequest> {
  const subscription = forbidden.map((given) => ({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: EVENTS, variables: { after: beginning, filter: given } }),
    isStream: true,
  }))
  return fc.oneof(
    graphql(LIST, fc.record({ filter, search, first, sort })),
    graphql(PLAIN, fc.record({ filter: fc.constantFrom(null, { status: { eq: 'FAILED' } }), first })),
    graphql(LOOKUP, fc.record({ id, upstreamId: number })),
    graphql(COUNTS, fc.record({ filter, search, by })),
    graphql(RECONCILE, fc.record({ entries })),
    graphql(SOURCES, fc.constant({})),
    download,
    upload,
    subscription,
  )
}
