import { type ListRequest, parseExactJson } from '@waybill/core'
import { createServer, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConformanceRow, Extension, Failure } from '../../src/index.js'
import { answer, isPlace, type ReferencePage, toMessage } from './reference-table.js'

/** An upstream that can do all that a source may: it is asked in the terms of the contract itself. */
export interface ReferenceUpstream extends AsyncDisposable {
  readonly url: string
  readonly key: string
  rows: readonly ConformanceRow[]
  failure: Failure | null
  /** Which row of a list is sent without its time. */
  spoilt: number | null
  /** What a row of a list has besides, and the content type of every answer. */
  extension: (Extension & { readonly position: number }) | null
  requests: number
  underWay: number
}

const STATUS = { unauthorized: 401, forbidden: 403, rateLimited: 429, rejected: 422, unavailable: 503 }

export async function startReferenceUpstream(): Promise<ReferenceUpstream> {
  const server = createServer((request, response) => {
    upstream.requests += 1
    upstream.underWay += 1
    response.once('close', () => (upstream.underWay -= 1))
    if (upstream.failure !== null) return fail(upstream.failure, response)
    if (request.headers.authorization !== upstream.key) return send(response, 401, {})
    const url = new URL(request.url ?? '/', 'http://upstream.example')
    const asked = url.searchParams.get('request')
    if (asked !== null) {
      const listed = JSON.parse(asked) as ListRequest
      return isPlace(listed.page)
        ? send(response, 200, changed(upstream, answer(upstream.rows, listed)), typeOf(upstream))
        : send(response, 422, {})
    }
    const row = upstream.rows.find(({ number }) => url.pathname === `/messages/${number}`)
    return row === undefined ? send(response, 404, {}) : send(response, 200, toMessage(row))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const upstream: ReferenceUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: 'reference-s3cret-key',
    rows: [],
    failure: null,
    spoilt: null,
    extension: null,
    requests: 0,
    underWay: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return upstream
}

/** The page with one row spoilt or extended. */
function changed({ spoilt, extension }: ReferenceUpstream, page: ReferencePage): object {
  const messages = page.messages.map((row, position) => ({
    ...row,
    ...(position === spoilt && { sentAt: null }),
    ...(position === extension?.position && { raw: { more: parseExactJson(extension.json) } }),
  }))
  return { ...page, messages }
}

function typeOf({ extension }: ReferenceUpstream): OutgoingHttpHeaders {
  return extension === null ? {} : { 'content-type': extension.contentType }
}

function fail(failure: Failure, response: ServerResponse): void {
  if (failure.kind === 'silence') return
  if (failure.kind === 'reset') return void response.socket?.resetAndDestroy()
  if (failure.kind === 'answer') {
    response.writeHead(failure.status, { 'content-type': failure.contentType }).end(failure.body)
    return
  }
  const wait = failure.kind === 'rateLimited' ? failure.retryAfterSeconds : null
  send(response, STATUS[failure.kind], {}, wait === null ? {} : { 'retry-after': `${wait}` })
}

function send(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
