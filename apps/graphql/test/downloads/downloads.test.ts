import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { UpstreamError } from '@waybill/core'
import { createEngine } from '@waybill/engine'
import { FORMAT_NAMES, type FormatName } from '@waybill/export'
import { parquetReadObjects } from 'hyparquet'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createAuthenticate } from '../../src/access/authenticate.js'
import { createCallerViews } from '../../src/access/caller-view.js'
import { createCursorSeal } from '../../src/access/cursor-seal.js'
import { createDownloadHandler } from '../../src/server/downloads/download-handler.js'
import { createHttpApp } from '../../src/server/http-app.js'
import { createMetrics } from '../../src/server/metrics.js'
import { createAdmission } from '../../src/server/limits/admission.js'
import { mount } from '../../src/server/mount.js'
import { createLogger, fillLimits } from '@waybill/runtime'
import { arrayProvider, type ArrayProvider, sourceOf } from '../server/support/array-provider.js'
import { CURSOR_KEYS, type Harness, keepLog, type LogLine, startHarness } from '../server/support/harness.js'
import { message } from '../server/support/message.js'
import { SERVER_TOKEN } from '../server/support/secrets.js'

const COUNT = 1200
/** The newest first, a minute apart. */
const MESSAGES = Array.from({ length: COUNT }, (_, index) =>
  message(index, {
    sentAt: Date.UTC(2026, 3, 24) - index * 60_000,
    status: index % 4 === 0 ? 'FAILED' : 'READ',
    to: '+493023125380',
    contact: { id: '+493023125380', basis: 'TOLD' },
    text: `=Message ${index} ${'x'.repeat(200)}`,
    failure: { code: '131026', reason: 'Undeliverable' },
  }),
)

function start(provider: ArrayProvider = arrayProvider({ messages: MESSAGES })): Promise<Harness> {
  return startHarness({ sources: [sourceOf('shop', provider), sourceOf('octo', arrayProvider())] })
}

/** An answer with its trailers, read to its end. */
async function download(url: string, headers = {}): Promise<{ answer: IncomingMessage; body: Buffer }> {
  const [answer] = (await once(get(url, { headers }), 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk)
  return { answer, body: Buffer.concat(chunks) }
}

describe('a download', () => {
  test('has the messages in each format, a name, and what is known of the sources', async () => {
    const { url } = await start()
    const query = 'filter[status]=failed&fields=upstreamId,sentAt,text'
    const failed = MESSAGES.filter(({ status }) => status === 'FAILED')
    const ids = failed.map(({ upstreamId }) => upstreamId)
    const ndjson = await download(`${url}/messages.ndjson?${query}`)
    expect(ndjson.answer.headers).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="messages.ndjson"',
      'cache-control': 'no-store',
      'waybill-completeness': 'shop=COMPLETE, octo=COMPLETE',
      'transfer-encoding': 'chunked',
      trailer: 'waybill-completeness',
    })
    expect(ndjson.answer.trailers).toEqual({ 'waybill-completeness': 'shop=COMPLETE, octo=COMPLETE' })
    const lines = ndjson.body.toString().trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { upstreamId: string }).upstreamId)).toEqual(ids)

    const csv = (await download(`${url}/messages.csv?${query}`)).body.toString().split('\r\n')
    expect(csv.slice(0, 2)).toEqual([
      '\uFEFFupstreamId,sentAt,text',
      `0,2026-04-24T00:00:00.000Z,'${failed[0]?.text}`,
    ])
    expect(csv).toHaveLength(ids.length + 2)

    const xlsx = await download(`${url}/messages.xlsx?${query}&timeZone=Europe/Berlin`)
    const [sheet] = await readXlsxFile(xlsx.body)
    expect(sheet?.data.slice(0, 2)).toEqual([
      ['upstreamId', 'sentAt', 'text'],
      ['0', new Date(Date.UTC(2026, 3, 24, 2)), failed[0]?.text],
    ])
    expect(sheet?.data.slice(1).map(([id]) => id)).toEqual(ids)

    const parquet = await download(`${url}/messages.parquet?${query}`)
    expect(parquet.answer.headers['content-type']).toBe('application/vnd.apache.parquet')
    const rows = await parquetReadObjects({ file: Uint8Array.from(parquet.body).buffer })
    expect(rows.map(({ upstreamId }) => upstreamId)).toEqual(ids)
  })

  test.each([
    ['gte', 1],
    ['lt', COUNT - 1],
  ])('takes a day for a time: %s', async (operator, count) => {
    const { get: ask } = await start()
    const query = `filter[sent_at][${operator}]=2026-04-24&source=shop&fields=upstreamId`
    const { text } = await ask(`/messages.ndjson?${query}`)
    expect(text.split('\n')).toHaveLength(count + 1)
  })

  test('asked for by HEAD has its headers, and reads one page', async () => {
    const provider = arrayProvider({ messages: MESSAGES })
    const { get: ask } = await start(provider)
    const { status, headers, text } = await ask('/messages.csv?source=shop', { method: 'HEAD' })
    expect({ status, text }).toEqual({ status: 200, text: '' })
    expect(headers.get('waybill-completeness')).toBe('shop=COMPLETE, octo=COMPLETE')
    expect(provider.requests.length).toBeLessThanOrEqual(5)
  })

  test.each([
    ['filter[staus]=failed', 'filter[staus]', 1, 'status'],
    ['filter[status]=faild', 'filter[status]', 1, 'failed'],
    ['filtr[status]=failed', 'filtr[status]', 1, 'filter'],
    ['search=a&sort=-create_at', 'sort', 10, 'created_at'],
    ['fields=txt', 'fields', 1, 'text'],
    ['fields=sentAt,sender', 'fields', 15, 'from'],
    ['since=2026-01-01', 'since', 1, 'filter[sent_at][gte]'],
    ['until=2026-01-01', 'until', 1, 'filter[sent_at][lt]'],
    ['status=failed', 'status', 1, 'filter[status]'],
    ['source=shp', 'source', 1, 'shop'],
    ['filter[source]=ocot', 'filter[source]', 1, 'octo'],
    ['search=a&filter%5Bsource%5D[in]=octo,shp', 'filter[source][in]', 10, 'shop'],
    ['filter[source][ne]=ocot', 'filter[source][ne]', 1, 'octo'],
    ['filter[sent_at][gte]=2026-02-01&filter[sent_at][lt]=2026-02-01', 'filter[sent_at][lt]', 33, null],
    ['filter[sent_at][lte]=2026-01-01&filter[sent_at][gt]=2026-02-01', 'filter[sent_at][gt]', 33, null],
    ['search=%E0%A4%A', 'search', 1, null],
    ['search=a&search=b', 'search', 10, null],
    ['time_zone=UTC', 'time_zone', 1, 'timeZone'],
    ['filter[from]=%2B49%25', 'filter[from]', 1, null],
    ['filter[__proto__]=1', 'filter[__proto__]', 1, null],
  ])('refuses a query string that cannot be read: %s', async (query, parameter, offset, nearest) => {
    const { get: ask } = await start()
    const { status, headers, text } = await ask(`/messages.csv?${query}`)
    expect([status, headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8'])
    const { errors } = JSON.parse(text) as {
      errors: { message: string; extensions: { code: string; position?: { offset: number } } }[]
    }
    expect(errors).toHaveLength(1)
    const [error] = errors
    expect(error?.message).toContain(parameter)
    expect(error?.extensions).toMatchObject({ code: 'INVALID_FILTER', parameter, nearest })
    expect(error?.extensions.position?.offset).toBeGreaterThanOrEqual(offset)
  })

  test.each([
    ['/messages.xls', 'Unknown path. Did you mean /messages.xlsx? Downloads are at /messages.ndjson, '],
    ['/messages.xls?source=shop', 'Did you mean /messages.xlsx?'],
    ['/messages.json', 'Did you mean /messages.ndjson?'],
    ['/messages.pdf', '/messages.ndjson, /messages.csv, /messages.xlsx, /messages.parquet.'],
    ['/no-such-path', 'Unknown path. The API is at /graphql.'],
  ])('of an unknown format is not found, and the formats are named: %s', async (path, words) => {
    const { get: ask } = await start()
    const { status, text } = await ask(path)
    expect([status, text]).toEqual([404, expect.stringContaining(words)])
  })

  test('refuses everything that is wrong at once, and a zone that is for another format', async () => {
    const { get: ask } = await start()
    const { text } = await ask('/messages.ndjson?filter[status]=faild&sort=x&timeZone=UTC&fields=a')
    const { errors } = JSON.parse(text) as { errors: { extensions: { parameter: string } }[] }
    expect(errors.map(({ extensions }) => extensions.parameter)).toEqual([
      'filter[status]',
      'sort',
      'timeZone',
      'fields',
    ])
    const zone = await ask('/messages.xlsx?timeZone=Berlin')
    expect(zone.text).toContain('Europe/Berlin')
  })

  test('is for callers with a token, of their sources, and without content where they lack the scope', async () => {
    const token = 'report-s3cret-token-of-the-tests'
    const report = {
      name: 'report',
      sha256: createHash('sha256').update(token).digest('hex'),
      scopes: ['messages:read'],
      sources: ['shop'],
      expiresAt: null,
    } as const
    const { get: ask, url } = await startHarness({
      sources: [sourceOf('shop', arrayProvider({ messages: MESSAGES })), sourceOf('octo', arrayProvider())],
      auth: { kind: 'bearer', bearerTokens: [SERVER_TOKEN], tokens: [report], jwt: null },
    })
    expect((await ask('/messages.csv')).status).toBe(401)
    const headers = { authorization: `Bearer ${token}` }
    const { answer, body } = await download(`${url}/messages.ndjson`, headers)
    expect(answer.headers['waybill-completeness']).toBe('shop=COMPLETE')
    const [line = ''] = body.toString().split('\n')
    expect(JSON.parse(line)).toMatchObject({
      to: '…5380',
      contact: '…5380',
      text: null,
      failureCode: '131026',
      failureReason: null,
      deliveredAt: null,
    })
    const searched = await ask('/messages.csv?search=Message', { headers })
    expect([searched.status, searched.text]).toEqual([403, expect.stringContaining('messages:content')])
    const other = await ask('/messages.csv?source=octo', { headers })
    expect([other.status, other.text]).toEqual([400, expect.stringContaining('Allowed: shop.')])
    const hidden = await ask('/messages.csv?filter[source]=octo', { headers })
    const unknown = await ask('/messages.csv?filter[source]=none', { headers })
    expect([hidden.status, hidden.text]).toEqual([400, unknown.text.replaceAll('none', 'octo')])
    const elsewhere = await ask('/messages.csv', { headers: { ...headers, 'sec-fetch-site': 'cross-site' } })
    expect(elsewhere.status).toBe(403)
  })

  test('that cannot begin has a status and a code', async () => {
    const before = async (): Promise<never> => {
      throw new UpstreamError('UPSTREAM_RATE_LIMITED', 'Too many requests.', {
        source: 'shop',
        retryAfterSeconds: 7.5,
      })
    }
    const { get: ask } = await start(arrayProvider({ messages: MESSAGES, before }))
    const { status, headers, text } = await ask('/messages.parquet')
    expect([status, headers.get('retry-after')]).toEqual([503, '8'])
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'UPSTREAM_RATE_LIMITED' } }] })
  })

  test.each(FORMAT_NAMES)('in %s that fails in the middle is broken off visibly', async (format) => {
    let requests = 0
    const before = async (): Promise<void> => {
      requests += 1
      if (requests > 210) throw new UpstreamError('UPSTREAM_UNAUTHORIZED', 'No more.', { source: 'shop' })
    }
    const provider = arrayProvider({ messages: LONG_LIST, before })
    const { url, log } = await start(provider)
    for (const encoding of ['identity', 'gzip']) {
      requests = 0
      const answer = await fetch(`${url}/messages.${format}?fields=upstreamId,text,sentAt`, {
        headers: { 'accept-encoding': encoding },
      })
      expect(answer.status).toBe(200)
      await expect(answer.arrayBuffer()).rejects.toThrow(/terminated/)
    }
    const broken = log.filter((line) => line.message === 'A download was broken off')
    expect(broken.map(({ code }) => code)).toEqual(['UPSTREAM_UNAUTHORIZED', 'UPSTREAM_UNAUTHORIZED'])
  })
})

/** Long enough that a download of it has begun before its end is read, in every format. */
const LONG_LIST = Array.from({ length: 22_000 }, (_, index) => message(index))

interface Watched {
  readonly url: string
  readonly provider: ArrayProvider
  readonly log: readonly LogLine[]
}

/** A server that has nothing but a download, of a list that has no end. */
async function serveEndless(
  format: FormatName,
  maxIdleMs: number,
  onRequest: (count: number, signal: AbortSignal | undefined) => Promise<void> = async () => undefined,
): Promise<Watched> {
  const { log, stream } = keepLog()
  const logger = createLogger({ stream })
  const provider = endlessProvider(onRequest)
  const sources = [sourceOf('shop', provider)]
  const viewOf = createCallerViews({
    engine: createEngine({ sources }),
    sources,
    seal: createCursorSeal(CURSOR_KEYS),
  })
  const limits = fillLimits()
  const app = await createHttpApp({
    corsOrigins: [],
    limits,
    logger,
    metrics: createMetrics(),
    authenticate: createAuthenticate({ kind: 'none' }),
    isAllowedHost: () => true,
    isClosing: () => false,
  })
  const admission = createAdmission(limits)
  const handle = createDownloadHandler(format, { viewOf, archive: null, logger, admission, maxIdleMs })
  await mount(
    app,
    { path: '/messages', methods: ['GET'], scope: 'messages:read', handle },
    { admission, corsOrigins: [] },
  )
  onTestFinished(() => app.close())
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/messages`
  return { url, provider, log }
}

/** What does not become short when it is compressed: few messages fill what is between server and client. */
const NOISE = randomBytes(1_048_576).toString('base64')

function noise(seed: number): string {
  const from = (seed * 7919) % (NOISE.length - 30_000)
  return NOISE.slice(from, from + 30_000)
}

/** A list without an end. */
function endlessProvider(
  onRequest: (count: number, signal: AbortSignal | undefined) => Promise<void>,
): ArrayProvider {
  const base = arrayProvider({ messages: MESSAGES })
  return {
    ...base,
    list: async (request, call) => {
      await onRequest(base.requests.length, call?.signal)
      if (request.page.kind !== 'cursor') throw new TypeError('This provider is read by cursors.')
      await base.list({ ...request, page: { ...request.page, after: null } }, call)
      const from = Number(request.page.after ?? 0)
      const messages = Array.from({ length: request.page.limit }, (_, index) =>
        message(from + index, { text: noise(from + index) }),
      )
      return {
        messages,
        parameters: [],
        cursor: {
          cursors: messages.map((_, index) => String(from + index + 1)),
          hasNextPage: true,
          total: null,
        },
      }
    },
  }
}

/** Until a number stays what it is. */
async function settled(read: () => number): Promise<number> {
  let before = -1
  await expect.poll(() => read() === before || ((before = read()), false), { interval: 200 }).toBe(true)
  return before
}

// A row group of Parquet is written at once: what holds for CSV holds for it, and would take long.
describe.each(['ndjson', 'csv', 'xlsx'] as const)('a client of %s', (format) => {
  test('that goes away ends the reading, where it is', async () => {
    const waiting = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    const { url } = await serveEndless(format, 60_000, async (count, signal) => {
      if (count < 15 || signal === undefined) return
      waiting.resolve()
      await once(signal, 'abort')
      ended.resolve()
      signal.throwIfAborted()
    })
    const client = new AbortController()
    const answer = await fetch(url, { signal: client.signal })
    void answer.arrayBuffer().catch(() => undefined)
    await waiting.promise
    client.abort()
    await expect(ended.promise).resolves.toBeUndefined()
  })

  test('that stops reading is given up, and ends the reading', async () => {
    const { url, provider, log } = await serveEndless(format, 500)
    const answer = await fetch(url)
    const reader = answer.body?.getReader()
    // On a busy machine the client may be given up before it reads anything.
    await reader?.read().catch(() => undefined)
    await expect.poll(() => log.map((line) => line.message)).toContain('A download was broken off')
    const requests = await settled(() => provider.requests.length)
    expect(await settled(() => provider.requests.length)).toBe(requests)
    await expect(readToEnd(reader)).rejects.toThrow(/terminated/)
  })
})

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  for (;;) if ((await reader?.read())?.done !== false) return
}
