import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Answer } from './harness.js'
import { record } from './transcript.js'

export interface RawRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends a request with exactly these headers: `fetch` would set some of its own and refuse others. */
export async function rawRequest(
  url: string,
  { method = 'GET', headers = {}, body }: RawRequest,
): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, headers, agent: false }, resolve).once('error', reject).end(body)
  })
  const received = await text(response)
  const pairs = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  record(`${response.statusCode} ${url}`, `${JSON.stringify(pairs)}\n${received}`)
  return { status: response.statusCode ?? 0, headers: new Headers(pairs), text: received }
}
