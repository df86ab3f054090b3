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

/** Requests of about so many bytes: just below what a server reads by default, and more than that. */
function largeBodies(bytes: number): readonly Attack[] {
  const size = `${bytes / 1000} kB`
  const values = Array.from({ length: Math.floor(bytes / 9) }, (_, index) => String(index).padStart(6, '0'))
  const filtered = 'query ($f: MessageFilter) { messages(filter: $f) { nodes { id } } }'
  const deep = nested(Math.floor(bytes / 2) - 100)
  return [
    query(`a query of ${size}`, `{ ${'a '.repeat(bytes / 2 - 50)} }`),
    query(`a comment of ${size}`, `{ __typename } #${'a'.repeat(bytes - 50)}`),
    query(`a name of ${size}`, `query ${'n'.repeat(bytes - 50)} { __typename }`),
    query(
      `an alias of ${size} × 500`,
      `{ messages(first: 500) { nodes { ${'a'.repeat(bytes - 100)}: id } } }`,
    ),
    query(`ids of ${size}`, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: values }),
    query(
      `\`in\` with values of ${size}`,
      'query ($in: [ID!]) { messages(filter: { interactionId: { in: $in } }) { nodes { id } } }',
      { in: values },
    ),
    query(`a search for ${size}`, 'query ($search: String) { messages(search: $search) { nodes { id } } }', {
      search: 'ab'.repeat(bytes / 2 - 100),
    }),
    query(`a cursor of ${size}`, 'query ($after: String) { messages(after: $after) { nodes { id } } }', {
      after: 'A'.repeat(bytes - 200),
    }),
    query(`an id of ${size}`, 'query ($id: ID!) { node(id: $id) { id } }', { id: 'A'.repeat(bytes - 200) }),
    {
      name: `nested variables of ${size}`,
      run: async (url) => outcomeOf(await send(url, `{"query":"{ __typename }","variables":{"a":${deep}}}`)),
    },
    {
      name: `a declared variable, nested, of ${size}`,
      run: async (url) => {
        const variables = `{"f":{"source":{"in":${deep}}}}`
        return outcomeOf(await send(url, `{"query":${JSON.stringify(filtered)},"variables":${variables}}`))
      },
    },
  ]
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
  query('60,000 values that no query reads', '{ __typename }', {
    unknown: Array.from({ length: 60_000 }, () => ({})),
  }),
  query('aliases × 1,000', `{ ${aliases(1000, '__typename')} }`),
  query('one field × 900', `{ ${repeat(900, () => '__typename')} }`),
  query('fields that overlap × 400', `{ ${repeat(400, () => 'messages { nodes { id } }')} }`),
  query('depth 50', `${'{ a '.repeat(50)}{ b }${' }'.repeat(50)}`),
  query('an integer of 300 digits', `{ messages(first: ${'9'.repeat(300)}) { nodes { id } } }`),
  query(
    'a filter that is nested 500 times',
    `{ messages(filter: ${'{ source: '.repeat(500)}null${' }'.repeat(500)}) { nodes { id } } }`,
  ),
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
  ...[500_000, 1_000_000].flatMap((bytes) => largeBodies(bytes)),
  {
    name: 'a batch × 10,000',
    run: async (url) =>
      outcomeOf(
        await send(url, JSON.stringify(Array.from({ length: 10_000 }, () => ({ query: '{ __typename }' })))),
      ),
  },
  { name: 'a body of 20 MB', run: async (url) => outcomeOf(await send(url, `"${'a'.repeat(20_000_000)}"`)) },
]
