import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

// Octopods' messages all fit into its window: read live, nothing else would be there to agree with.
const OCTOPODS = { rows: generateOctopodsRows({ count: 90, seed: 11 }) }
const WACR = { rows: generateWacrRows({ count: 700, seed: 12 }) }

const QUERY = `query ($filter: MessageFilter, $search: String, $sort: MessageSort, $first: Int, $after: String) {
  messages(filter: $filter, search: $search, sort: $sort, first: $first, after: $after) {
    totalCount
    nodes {
      id source { key } upstreamId whatsappId direction type rawType status text from to interactionId isRead sentAt
      failure { code reason } raw
    }
    sources { outcome completeness gaps { from to } }
    pageInfo { hasNextPage endCursor }
  }
}`

interface Node {
  readonly id: string
  readonly source: { readonly key: string }
  readonly upstreamId: string
  readonly sentAt: string
  readonly failure: unknown
}

interface Connection {
  readonly totalCount: number | null
  readonly nodes: readonly Node[]
  readonly sources: readonly unknown[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

interface Whole {
  readonly nodes: Node[]
  readonly totalCount: number | null
}

async function readAll(server: Harness, variables: object): Promise<Whole> {
  const nodes: Node[] = []
  let totalCount: number | null = null
  for (let after: string | null = null; ;) {
    const { data, errors } = await server.ask(QUERY, { ...variables, after })
    expect(errors).toEqual([])
    const page = data?.['messages'] as Connection
    if (after === null) ({ totalCount } = page)
    nodes.push(...page.nodes)
    if (!page.pageInfo.hasNextPage) return { nodes, totalCount }
    after = page.pageInfo.endCursor
  }
}

/** Times that two of the messages have, so that a bound falls on one. */
const [LATE, EARLY] = [500, 100].map((index) => new Date(WACR.rows[index]?.createdAt ?? 0).toISOString())
const SOME_PHONE = OCTOPODS.rows[3]?.phoneNumber

const QUESTIONS: readonly [what: string, variables: object][] = [
  ['everything', { first: 137 }],
  [
    'everything, oldest first',
    { first: 500, sort: { direction: 'ASC' }, filter: { source: { eq: 'shop' } } },
  ],
  ['one status', { filter: { status: { eq: 'FAILED' } } }],
  ['several statuses', { filter: { status: { in: ['READ', 'DELIVERED', 'DELETED'] } }, first: 50 }],
  ['any other status', { filter: { status: { notIn: ['READ', 'SENT'] } }, first: 100 }],
  ['a type', { filter: { type: { ne: 'TEXT' } }, first: 500 }],
  ['a direction', { filter: { direction: { eq: 'INBOUND' } }, first: 100 }],
  ['a conversation', { filter: { interactionId: { eq: String(WACR.rows[5]?.interactionId) } } }],
  ['one recipient', { filter: { to: { eq: SOME_PHONE } } }],
  ['either party', { filter: { phone: { in: [SOME_PHONE, WACR.rows[9]?.senderId] } }, first: 500 }],
  ['either party, written otherwise', { filter: { phone: { eq: `${SOME_PHONE?.slice(1)}@c.us` } } }],
  [
    'the numbers of a country',
    { filter: { phone: { startsWith: `00${SOME_PHONE?.slice(1, 3)}` } }, first: 100 },
  ],
  ['neither party', { filter: { phone: { ne: SOME_PHONE } }, first: 500 }],
  ['a span of time', { filter: { sentAt: { gte: EARLY, lt: LATE } }, first: 100 }],
  ['the same with its ends otherwise', { filter: { sentAt: { gt: EARLY, lte: LATE } } }],
  ['a word', { search: 'ORDER', first: 40 }],
  ['a letter', { search: 'z', first: 500 }],
  ['Cyrillic', { search: 'ЗАКАЗ', first: 100 }],
  ['what patterns mean something by', { search: '%' }],
  [
    'all at once',
    {
      search: 'a',
      filter: { status: { in: ['READ', 'SENT'] }, direction: { eq: 'OUTBOUND' }, sentAt: { gte: EARLY } },
    },
  ],
  ['nothing', { filter: { status: { in: [] } } }],
]

/** One of the sources never lists that field, so nobody knows how many of its messages match. */
const UNCOUNTED: ReadonlySet<string> = new Set(['a conversation', 'one recipient'])

describe.each(PLACES)('$engine: an archive that has everything', ({ createPlace }) => {
  test('answers every question as the upstreams do', async () => {
    const upstreams = await startUpstreams({ octopods: OCTOPODS, wacr: WACR })
    const live = await serve(upstreams, {})
    const archived = await serve(upstreams, { archive: await emptyArchive(createPlace) })
    const whole = async (): Promise<unknown> =>
      (await archived.ask('{ messages { totalCount sources { completeness } } }')).data
    const complete = { completeness: 'COMPLETE' }
    await expect
      .poll(whole, PATIENCE)
      .toEqual({ messages: { totalCount: 790, sources: [complete, complete] } })

    for (const [what, variables] of QUESTIONS) {
      const expected = await readAll(live, variables)
      const found = await readAll(archived, variables)
      const isAscending = JSON.stringify(variables).includes('ASC')
      expect({
        what,
        nodes: byId(found.nodes).map(asListed),
        totalCount: found.totalCount,
        isSorted: isSorted(found.nodes, isAscending),
        isEmpty: found.nodes.length === 0,
      }).toEqual({
        what,
        nodes: byId(expected.nodes).map(asListed),
        totalCount: UNCOUNTED.has(what) ? null : expected.nodes.length,
        isSorted: true,
        isEmpty: what === 'nothing',
      })
    }
    const failed = { filter: { status: { eq: 'FAILED' }, source: { eq: 'shop' } }, first: 500 }
    const reasons = async (): Promise<unknown> =>
      (await readAll(archived, failed)).nodes.map(({ upstreamId, failure }) => [upstreamId, failure])
    await expect.poll(async () => new Map((await reasons()) as []), PATIENCE).toEqual(REASONS)
    expect((await archived.ask(QUERY, {})).data).toMatchObject({
      messages: { sources: [complete, complete] },
    })
  })
})

/** Why messages of WA.cr failed: only requests for the single messages show it, and the archive has sent them. */
const REASONS = new Map(
  WACR.rows
    .filter(({ status }) => status === 'failed')
    .map(({ id, statusMessage }) => [String(id), { code: null, reason: statusMessage }]),
)

/** A message as far as lists show it. */
function asListed(node: Node): Node {
  return node.source.key === 'shop' ? { ...node, failure: null } : node
}

// Equal times stand in another order in the archive than in an upstream, whose order hides from everybody.
function byId(nodes: readonly Node[]): Node[] {
  return nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function isSorted(nodes: readonly Node[], ascending: boolean): boolean {
  const times = nodes.map(({ sentAt }) => sentAt)
  const sorted = times.toSorted()
  return JSON.stringify(times) === JSON.stringify(ascending ? sorted : sorted.toReversed())
}
