/**
 * Many clients at once for a minute, without an error; then again, and in the middle the server is asked to stop: every request
 * that it accepted is answered. Usage: `[CLIENTS] [SECONDS]`.
 */
import { type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { HONEST_TOKEN, startAttackedServer } from '../abuse/attacked-server.ts'
import { markdownTable } from '../measure/markdown-table.ts'

const [clients = 64, seconds = 60] = process.argv.slice(2).map(Number)
const MESSAGES = 20_000
/** How long they go on before the server is asked to stop, in milliseconds. */
const UNTIL_STOP_MS = 2000

const LIST = `query ($after: String) {
  messages(first: 50, after: $after, filter: { source: { eq: "shop" } }) { nodes { id status text sentAt } pageInfo { hasNextPage endCursor } }
}`
const COUNTS =
  '{ messageCounts(by: [STATUS], filter: { source: { eq: "shop" } }) { total groups { count status } } }'

interface Answer {
  readonly data?: { readonly messages?: { readonly pageInfo: { readonly endCursor: string | null } } } | null
  readonly errors?: readonly unknown[]
}

/** What became of the requests of a run. */
interface Tally {
  answered: number
  /** Answers with an error. */
  failed: number
  /** No connection could be had. */
  refused: number
  /** The connection ended before the answer. */
  cutOff: number
  slowestMs: number
}

/** Sends a query over a connection of its own, so that it is known whether the server accepted it. */
async function query(url: string, text: string, variables: object): Promise<Answer> {
  const body = JSON.stringify({ query: text, variables })
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${HONEST_TOKEN}`,
    'content-length': Buffer.byteLength(body),
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}/graphql`, { method: 'POST', headers, agent: false }, resolve)
      .once('error', reject)
      .end(body)
  })
  return (await json(response)) as Answer
}

/** Queries until the time is over, or the server does not answer any more. */
async function run(url: string, tally: Tally, until: number): Promise<void> {
  let after: string | null = null
  for (let index = 0; Date.now() < until; index += 1) {
    const begin = performance.now()
    try {
      const { data, errors }: Answer =
        index % 4 === 3 ? await query(url, COUNTS, {}) : await query(url, LIST, { after })
      tally.answered += 1
      if (errors !== undefined) tally.failed += 1
      after = data?.messages?.pageInfo.endCursor ?? null
      tally.slowestMs = Math.max(tally.slowestMs, performance.now() - begin)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ECONNREFUSED') tally.refused += 1
      else tally.cutOff += 1
      return
    }
  }
}

async function runAll(url: string, milliseconds: number): Promise<Tally> {
  const tally: Tally = { answered: 0, failed: 0, refused: 0, cutOff: 0, slowestMs: 0 }
  const until = Date.now() + milliseconds
  await Promise.all(Array.from({ length: clients }, () => run(url, tally, until)))
  return tally
}

await using server = await startAttackedServer({ messages: MESSAGES })
const steady = await runAll(server.url, seconds * 1000)
const linesBefore = server.log.length
const stopped = runAll(server.url, 60_000)
await new Promise((resolve) => setTimeout(resolve, UNTIL_STOP_MS))
server.process.kill('SIGTERM')
const last = await stopped
const code = await server.exited
const lines = server.log.slice(linesBefore).filter((line) => line.includes('"message":"Request"'))
const unanswered = lines.filter((line) => !line.includes('"status":200'))
const rowOf = (name: string, tally: Tally): (string | number)[] => [
  name,
  tally.answered,
  tally.failed,
  tally.cutOff,
  tally.refused,
  tally.slowestMs,
]
console.log(
  markdownTable(
    ['clients', 'answered', 'errors', 'cut off', 'refused', 'slowest, ms'],
    [rowOf(`${clients} for ${seconds} s`, steady), rowOf(`${clients}, SIGTERM after 2 s`, last)],
  ),
)
console.log(
  `\nExit code ${code}. The server accepted ${lines.length} requests of the second row, and left ${unanswered.length} unanswered.`,
)
