import { HONEST_TOKEN } from './attacked-server.ts'

/** Somebody who reads the newest messages again and again while others attack. */
export interface HonestClient {
  /** Ends it. @returns how long each answer took, in milliseconds */
  end(): Promise<readonly number[]>
}

/** Between an answer and the next query, in milliseconds. */
const PAUSE_MS = 20
const QUERY =
  '{ messages(first: 20, filter: { source: { eq: "shop" } }) { nodes { id text status } pageInfo { endCursor } } }'

/** @throws Error from `end`, when an answer was not right */
export function startHonestClient(url: string): HonestClient {
  const ending = new AbortController()
  const times: number[] = []
  const done = (async () => {
    do {
      const begin = performance.now()
      await query(url)
      times.push(performance.now() - begin)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    } while (!ending.signal.aborted)
  })()
  done.catch(() => undefined)
  return {
    end: async () => {
      ending.abort()
      await done
      return times
    },
  }
}

async function query(url: string): Promise<void> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${HONEST_TOKEN}` },
    body: JSON.stringify({ query: QUERY }),
  })
  const { data } = (await answer.json()) as { data?: { messages?: { nodes: unknown[] } } }
  if (data?.messages?.nodes.length !== 20)
    throw new Error(`An honest query was answered with ${answer.status}.`)
}
