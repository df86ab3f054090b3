import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { replyChanged, replyInstead } from './apply-fault.js'
import { createFaultScript, type Fault, type RequestRecord } from './faults.js'
import type { Emulator, ListenOptions, ServerSettings, Upstream } from './emulator.js'
import { type Reply, send } from './reply.js'
import { createStages, type StageRunner } from './stages.js'

const KEEP_ALIVE_MS = 60_000

/** Serves an upstream over HTTP until it is closed. */
export async function startServer<Table, Settings extends ServerSettings>(
  upstream: Upstream,
  table: Table,
  settings: Settings,
  { host = '127.0.0.1', port = 0 }: ListenOptions,
): Promise<Emulator<Table, Settings>> {
  const log: RequestRecord[] = []
  const faults = createFaultScript()
  const stages = createStages()
  const closing = new AbortController()

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const credentials = upstream.credentials(request.headers)
    const record = readRequest(request, credentials, upstream.accepts(credentials))
    log.push(record)
    await stages.run('request', record)
    const fault = faults.take(record)
    record.fault = fault?.kind ?? null
    const delay = latency(settings, record) + (fault?.kind === 'delay' ? fault.ms : 0)
    if (delay > 0) await wait(delay, null, { signal: closing.signal })
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'reset') return void request.socket.resetAndDestroy()
    const reply = await replyTo(upstream, record, fault, credentials, stages)
    record.status = reply.status
    send(response, typed(reply, settings), record.fault)
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (closing.signal.aborted) return
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`Emulator: ${String(error)}`)
    })
  })
  // With the default of 5 s a client that was held up for as long finds its connection closed as it sends.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const address = await listen(server, host, port)
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => (closed ??= shutDown(server, closing))
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}${upstream.basePath}`,
    table,
    settings,
    log,
    faults,
    onRequest: stages.onRequest,
    onCounted: stages.onCounted,
    onSelected: stages.onSelected,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function replyTo(
  upstream: Upstream,
  record: RequestRecord,
  fault: Fault | null,
  credentials: string,
  stages: StageRunner,
): Promise<Reply> {
  const instead = fault && replyInstead(fault, { credentials, errorReply: upstream.errorReply })
  if (instead) return instead
  if (!record.path.startsWith(`${upstream.basePath}/`)) return upstream.errorReply(404)
  if (record.method !== 'GET') return upstream.errorReply(405)
  const reply = await upstream.respond({
    path: record.path.slice(upstream.basePath.length),
    record,
    counted: () => stages.run('counted', record),
    selected: () => stages.run('selected', record),
  })
  return fault ? replyChanged(fault, reply, record) : reply
}

/** An answer that is not JSON, or names a type of its own, keeps it. */
function typed(reply: Reply, { contentType }: ServerSettings): Reply {
  const isJson = reply.headers['content-type'] === 'application/json'
  return isJson ? { ...reply, headers: { ...reply.headers, 'content-type': contentType } } : reply
}

function latency({ latencyMs }: ServerSettings, record: RequestRecord): number {
  return typeof latencyMs === 'function' ? latencyMs(record) : latencyMs
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address
}

async function shutDown(server: Server, closing: AbortController): Promise<void> {
  closing.abort()
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await stopped
}

/** The log's entry for a request. */
function readRequest(request: IncomingMessage, credentials: string, valid: boolean): RequestRecord {
  const url = request.url ?? '/'
  const queryStart = url.indexOf('?')
  const query = new URLSearchParams(queryStart < 0 ? '' : url.slice(queryStart))
  return {
    method: request.method ?? 'GET',
    path: queryStart < 0 ? url : url.slice(0, queryStart),
    url,
    searchParams: [...query],
    params: Object.fromEntries(query),
    headers: {
      host: request.headers.host,
      accept: request.headers.accept,
      acceptEncoding: request.headers['accept-encoding']?.toString(),
      userAgent: request.headers['user-agent'],
      requestId: request.headers['x-request-id']?.toString(),
      traceparent: request.headers['traceparent']?.toString(),
    },
    authorization: { presented: credentials !== '', valid },
    time: Date.now(),
    status: null,
    fault: null,
    ignored: [],
  }
}
