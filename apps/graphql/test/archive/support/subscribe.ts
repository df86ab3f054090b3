import { onTestFinished } from 'vitest'
import { record } from '../../server/support/transcript.js'

/** A result of a subscription to `messageEvents`. */
export interface Result {
  readonly data?: { readonly messageEvents: Event } | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

export interface Event {
  readonly id: string
  readonly kind: string
  /** Where the query selects it. */
  readonly source?: { readonly key: string }
  readonly message: { readonly upstreamId: string; readonly status: string } | null
}

/** What a subscriber has received so far. */
export interface Subscription {
  readonly results: readonly Result[]
  readonly events: readonly Event[]
  /** How many comments came, which keep the connection alive. */
  readonly heartbeats: number
  readonly ended: Promise<void>
  readonly response: Response
  leave(): void
}

export interface SubscribeOptions {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  /** Default: those of a client that takes JSON as well as events. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Called with each event as it arrives. */
  readonly onEvent?: (event: Event) => void
}

/** Subscribes over server-sent events, until the test ends. */
export async function subscribe(
  url: string,
  { query, variables = {}, headers, onEvent }: SubscribeOptions,
): Promise<Subscription> {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  })
  const results: Result[] = []
  let heartbeats = 0
  const ended = (async () => {
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        record('event', block)
        if (block === ':') heartbeats += 1
        const data = /^data: (.+)$/m.exec(block)?.[1]
        if (data === undefined) continue
        const result = JSON.parse(data) as Result
        results.push(result)
        if (result.data) onEvent?.(result.data.messageEvents)
      }
    }
  })().catch(() => undefined)
  return {
    results,
    get events() {
      return results.flatMap(({ data }) => (data ? [data.messageEvents] : []))
    },
    get heartbeats() {
      return heartbeats
    },
    ended,
    response,
    leave: () => leaving.abort(),
  }
}
