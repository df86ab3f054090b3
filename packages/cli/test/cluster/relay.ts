import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request of one process to one source. Times are milliseconds of one clock. */
export interface RelayedRequest {
  readonly process: string
  readonly source: string
  readonly begunAt: number
  /** Null while it is under way. */
  endedAt: number | null
}

/** Stands between processes and upstreams, and sees who asks for what. */
export interface Relay {
  readonly requests: readonly RelayedRequest[]
  /** Where a process finds a source. */
  urlFor(process: string, source: string): string
  /** The next request to a source, at the moment at which it begins. */
  next(source: string): Promise<RelayedRequest>
}

/** @param upstreams the base URL of each source */
export async function startRelay(upstreams: Readonly<Record<string, string>>): Promise<Relay> {
  const requests: RelayedRequest[] = []
  const begun = new EventEmitter()
  const server = createServer((incoming, response) => {
    const [, process = '', source = '', ...rest] = (incoming.url ?? '').split('/')
    const request: RelayedRequest = { process, source, begunAt: performance.now(), endedAt: null }
    requests.push(request)
    begun.emit(source, request)
    // Also when the process that asked is gone.
    response.on('close', () => (request.endedAt = performance.now()))
    void forward(incoming, `${upstreams[source] ?? ''}/${rest.join('/')}`, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    requests,
    urlFor: (process, source) => `http://127.0.0.1:${port}/${process}/${source}`,
    next: async (source) => {
      const [request] = (await once(begun, source)) as [RelayedRequest]
      return request
    },
  }
}

async function forward(incoming: IncomingMessage, url: string, response: ServerResponse): Promise<void> {
  const { host: _, connection: __, ...headers } = incoming.headers
  try {
    const answer = await fetch(url, { headers: headers as Record<string, string> })
    const body = await answer.text()
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(body)
  } catch {
    response.destroy()
  }
}

/** Pairs of requests of two processes to one source that were under way at the same time. */
export function overlaps(requests: readonly RelayedRequest[]): [RelayedRequest, RelayedRequest][] {
  return requests.flatMap((one, index) =>
    requests
      .slice(index + 1)
      .filter(
        (other) =>
          other.source === one.source &&
          other.process !== one.process &&
          other.begunAt < (one.endedAt ?? Number.POSITIVE_INFINITY),
      )
      .map((other): [RelayedRequest, RelayedRequest] => [one, other]),
  )
}
