import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Letter {
  readonly id: number
  readonly to: string
  readonly body: string
  readonly state: string
  readonly error: string | null
  readonly createdAt: number
}

/** Answers in the upstream's place, or leaves the request without an answer. */
export type Instead = (response: ServerResponse) => void

/** Courier's API on a loopback port, which can be filled, broken and watched. */
export class Courier {
  readonly key = 'courier-s3cret-key'
  letters: readonly Letter[] = []
  instead: Instead | null = null
  /** Which letter of a list is sent without its time. */
  spoilt: number | null = null
  /** Which letter of a list has one more member, and which. */
  extended: { readonly position: number; readonly member: unknown } | null = null
  contentType = 'application/json'
  requests = 0
  underWay = 0
  readonly #server = createServer((request, response) => this.#answer(request, response))

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests += 1
    this.underWay += 1
    response.once('close', () => (this.underWay -= 1))
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://courier.example')
    if (this.instead !== null) return this.instead(response)
    if (request.headers['x-courier-key'] !== this.key)
      return sendJson(response, 401, { error: 'unknown key' })
    if (pathname === '/v1/letters') {
      const isCursor = /^\d+-\d+$/.test(searchParams.get('after') ?? '0-0')
      if (!isCursor) return sendJson(response, 422, { error: 'no such place in the list' })
      return sendJson(response, 200, this.#page(searchParams), this.contentType)
    }
    const letter = this.letters.find(({ id }) => pathname === `/v1/letters/${id}`)
    if (letter === undefined) return sendJson(response, 404, { error: 'no such letter' })
    return sendJson(response, 200, show(letter))
  }

  #page(params: URLSearchParams): object {
    const states = params.get('state')?.split(',')
    const found = this.letters
      .filter(({ state }) => states?.includes(state) ?? true)
      .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    const [time = Infinity, id = Infinity] = params.get('after')?.split('-').map(Number) ?? []
    const rest = found.filter((each) => each.createdAt < time || (each.createdAt === time && each.id < id))
    const limit = Number(params.get('limit') ?? 50)
    const letters = rest.slice(0, limit).map(show)
    if (this.spoilt !== null) letters[this.spoilt] = { ...letters[this.spoilt], created_at: null }
    const { position, member } = this.extended ?? {}
    if (position !== undefined) letters[position] = { ...letters[position], member }
    return { letters, more: rest.length > limit, count: found.length }
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  contentType = 'application/json',
): void {
  response.writeHead(status, { 'content-type': contentType }).end(JSON.stringify(body))
}

function show({ createdAt, ...letter }: Letter): object {
  const cursor = `${createdAt}-${letter.id}`
  return { ...letter, cursor, created_at: new Date(createdAt).toISOString() }
}
