import { ATTACKER_TOKEN } from './attacked-server.ts'

/** Something that somebody tries with a server. */
export interface Attack {
  readonly name: string
  /** What the attacker does before the time is measured. */
  readonly prepare?: () => void
  /** @returns how the server answered, in short */
  readonly run: (url: string) => Promise<string>
}

/** How the server answered: its status, and the code and limit of the first error. */
export async function outcomeOf(answer: Response): Promise<string> {
  const text = await answer.text()
  const { errors } = JSON.parse(text) as {
    errors?: { extensions?: { code?: string; limit?: string }; message: string }[]
  }
  const { code = '', limit = '' } = errors?.[0]?.extensions ?? {}
  const size = `${Math.ceil(text.length / 1024)} kB`
  return `${answer.status} ${errors === undefined ? `answered, ${size}` : `${code} ${limit}`}`.trim()
}

/** Sends a body that somebody with a token may send. */
export function send(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ATTACKER_TOKEN}`, ...headers },
    body,
  })
}

function query(name: string, text: string, variables?: Record<string, unknown>): Attack {
  const body = JSON.stringify({ query: text, variables })
  return { name, run: async (url) => outcomeOf(await send(url, body)) }
}

function repeat(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(' ')
}

const aliases = (count: number, field: string): string => repeat(count, (index) => `a${index}: ${field}`)

function introspection(count: number): string {
  const schema = `fragment S on __Schema { ${aliases(count, 'types { ...T }')} }`
  const type = `fragment T on __Type { ${aliases(count, 'fields { ...F }')} }`
  return `{ __schema { ...S } } ${schema} ${type} fragment F on __Field { ${aliases(count, 'type { name }')} }`
}

const capabilities = (count: number): string =>
  `{ messages(first: 500) { nodes { source { capabilities { filters { operators { ${aliases(count, 'operator')} } } } } } } }`

const FRAGMENTS = repeat(40, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)

/** JSON that is nested as deep as a body can be. */
function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`
}

/** What is asked of `/graphql` by documents and their variables. */
export const DOCUMENT_ATTACKS: readonly Attack[] = [
  query('introspection, 16 aliases a level', introspection(16)),
  query('introspection, 24 aliases a level', introspection(24)),
  query('capabilities × 640 aliases', capabilities(640)),
  query('capabilities × 200 aliases', capabilities(200)),
  query(
    '9 aliases of 500 details',
    `{ ${repeat(9, (index) => `m${index}: messages(first: 500, filter: { source: { eq: "live" } }) { nodes { detail { statusMessage } } }`)} }`,
  ),
  query('aliases × 1,000', `{ ${aliases(1000, '__typename')} }`),
  query('one field × 900', `{ ${repeat(900, () => '__typename')} }`),
  query('fields that overlap × 400', `{ ${repeat(400, () => 'messages { nodes { id } }')} }`),
  query('depth 50', `${'{ a '.repeat(50)}{ b }${' }'.repeat(50)}`),
  query('an integer of 300 digits', `{ messages(first: ${'9'.repeat(300)}) { nodes { id } } }`),
  query(
    'a filter that is nested 500 times',
    `{ messages(filter: ${'{ source: '.repeat(500)}null${' }'.repeat(500)}) { nodes { id } } }`,
  ),
  query('a query of 1 MB', `{ ${'a '.repeat(500_000)} }`),
  query('a comment of 1 MB', `{ __typename } #${'a'.repeat(1_000_000)}`),
  query('a name of 900 kB', `query ${'n'.repeat(900_000)} { __typename }`),
  query('an alias of 400 kB × 500', `{ messages(first: 500) { nodes { ${'a'.repeat(400_000)}: id } } }`),
  query('a thousand directives', `{ __typename ${'@include(if: true) '.repeat(1000)} }`),
  query('fragments that double 40 times', `{ ...F0 } ${FRAGMENTS} fragment F40 on Query { __typename }`),
  query('fragments in a circle', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A ...A }'),
  query(
    '`first` in a thousand variables',
    `query (${repeat(1000, (index) => `$v${index}: Int`)}) { ${repeat(1000, (index) => `m${index}: messages(first: $v${index}) { nodes { id } }`)} }`,
    Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`v${index}`, 500])),
  ),
  query(
    '`first` in a hundred variables',
    `query (${repeat(100, (index) => `$v${index}: Int`)}) { ${repeat(100, (index) => `m${index}: messages(first: $v${index}) { nodes { id } }`)} }`,
    Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`v${index}`, 500])),
  ),
  query('a list of 100,000 ids', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: Array.from({ length: 100_000 }, (_, index) => String(index)),
  }),
  query(
    '`in` with 100,000 values',
    'query ($in: [ID!]) { messages(filter: { interactionId: { in: $in } }) { nodes { id } } }',
    {
      in: Array.from({ length: 100_000 }, (_, index) => String(index)),
    },
  ),
  query('a search for 1 MB', 'query ($search: String) { messages(search: $search) { nodes { id } } }', {
    search: 'ab'.repeat(500_000),
  }),
  query('a cursor of 1 MB', 'query ($after: String) { messages(after: $after) { nodes { id } } }', {
    after: 'A'.repeat(1_000_000),
  }),
  query('an id of 1 MB', 'query ($id: ID!) { node(id: $id) { id } }', { id: 'A'.repeat(1_000_000) }),
  {
    name: 'variables nested 500,000 times',
    run: async (url) =>
      outcomeOf(await send(url, `{"query":"{ __typename }","variables":{"a":${nested(500_000)}}}`)),
  },
  {
    name: 'a declared variable nested 200,000 times',
    run: async (url) => {
      const text = 'query ($f: MessageFilter) { messages(filter: $f) { nodes { id } } }'
      const body = `{"query":${JSON.stringify(text)},"variables":{"f":{"source":{"in":${nested(200_000)}}}}}`
      return outcomeOf(await send(url, body))
    },
  },
  {
    name: 'a batch × 10,000',
    run: async (url) =>
      outcomeOf(
        await send(url, JSON.stringify(Array.from({ length: 10_000 }, () => ({ query: '{ __typename }' })))),
      ),
  },
  { name: 'a body of 20 MB', run: async (url) => outcomeOf(await send(url, `"${'a'.repeat(20_000_000)}"`)) },
]
