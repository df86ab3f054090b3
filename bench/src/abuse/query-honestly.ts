/** Reads the newest messages again and again, and says how long each answer took. */
import { childArgument, say } from '../measure/child.ts'
import { HONEST_TOKEN } from './attacked-server.ts'

/** An answer to an honest query. */
export interface HonestAnswer {
  /** When the query was sent, in milliseconds since the epoch. */
  readonly begunAt: number
  readonly ms: number
  readonly isRight: boolean
}

/** Between an answer and the next query, in milliseconds. */
const PAUSE_MS = 20
const EXPECTED = 20
const query = `{ messages(first: ${EXPECTED}, filter: { source: { eq: "shop" } }) { nodes { id text status } pageInfo { endCursor } } }`
const url = `${childArgument() as string}/graphql`

for (;;) {
  const begunAt = Date.now()
  const begin = performance.now()
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${HONEST_TOKEN}` },
    body: JSON.stringify({ query }),
  })
  const { data } = (await answer.json()) as { data?: { messages?: { nodes: unknown[] } } }
  const isRight = data?.messages?.nodes.length === EXPECTED
  say({ begunAt, ms: performance.now() - begin, isRight } satisfies HonestAnswer)
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
