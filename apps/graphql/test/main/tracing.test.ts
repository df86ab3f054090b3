import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { generateWacrRows, startWacrEmulator } from '@waybill/emulators'
import { expect, onTestFinished, test } from 'vitest'
import { trackedFiles } from '../../../../test/support/tracked-files.js'
import { configuredFolder } from './configured-folder.js'
import { recordedFetch } from '../server/support/transcript.js'
import { readyUrl, spawnWaybill } from './waybill-process.js'

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
}

interface TraceExport {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] }
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[]
  }[]
}

/** A collector that takes traces by OTLP over HTTP. */
async function startCollector() {
  const bodies: string[] = []
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    if (request.url === '/v1/traces') bodies.push(body)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CLIENT_SPAN = 'b7ad6b7169203331'

test('one trace leads from the query over its plan and sources to upstream requests and SQL, without content', async () => {
  const collector = await startCollector()
  const wacr = await startWacrEmulator({
    token: 'wacr-s3cret',
    rows: generateWacrRows({ count: 5, seed: 1 }),
  })
  onTestFinished(() => wacr.close())
  const source = {
    provider: '@waybill/provider-wacr',
    options: { token: 'wacr-s3cret', baseUrl: wacr.url },
  } as const
  const cwd = await configuredFolder({
    server: { port: 0 },
    sources: [
      { id: 'live', ...source, read: 'live' },
      { id: 'kept', ...source },
    ],
    archive: { url: 'sqlite:archive.db' },
  })
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'night-watch' }
  const waybill = spawnWaybill({ cwd, env })
  const url = await readyUrl(waybill)
  const query = 'query Trace($to: String) { messages(search: $to) { nodes { id } } }'
  const answer = await recordedFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-${CLIENT_SPAN}-01` },
    body: JSON.stringify({ query, variables: { to: 'private words' } }),
  })
  expect(await answer.json()).not.toHaveProperty('errors')
  waybill.signal('SIGTERM')
  expect(await waybill.exited).toBe(0)

  const exported = collector.bodies.map((body) => JSON.parse(body) as TraceExport)
  const resources = exported.flatMap(({ resourceSpans }) => resourceSpans)
  expect(JSON.stringify(resources[0]?.resource)).toContain('night-watch')
  const spans = resources
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
    .filter(({ traceId }) => traceId === TRACE)
  const pathOf = (span: Span): string => {
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
    return parent === undefined ? `${span.parentSpanId} > ${span.name}` : `${pathOf(parent)} > ${span.name}`
  }
  const paths = new Set(spans.map(pathOf))
  const operation = `${CLIENT_SPAN} > POST /graphql > query Trace`
  expect(paths).toContain(`${operation} > plan`)
  expect(paths).toContain(`${operation} > read > source list > GET`)
  expect(paths).toContain(`${operation} > read > source list > SELECT`)
  const attempts = spans.filter(({ name }) => name === 'GET').map(({ spanId }) => `00-${TRACE}-${spanId}-01`)
  const received = wacr.log.map(({ headers }) => headers.traceparent).filter((one) => one?.includes(TRACE))
  expect(received).not.toEqual([])
  expect(attempts).toEqual(expect.arrayContaining(received))
  expect(collector.bodies.join('')).not.toMatch(/private words|s3cret/)
  expect(waybill.output.stderr).toContain(`"traceId":"${TRACE}"`)
})

test('nothing but the API of OpenTelemetry is loaded where no collector is configured', () => {
  const files = trackedFiles(/^(?:packages|apps)\/[\w-]+\/src\/.*\.ts$/)
  const loading = files.filter(({ text: source }) => /from '@opentelemetry\/(?!api')/.test(source))
  expect(loading.map(({ path }) => path)).toEqual(['apps/graphql/src/services/tracing-sdk.ts'])
  const importing = files.filter(({ text: source }) => source.includes('tracing-sdk.js'))
  expect(importing.map(({ text: source }) => /[^\n]*tracing-sdk\.js[^\n]*/.exec(source)?.[0].trim())).toEqual(
    ["const { exportTraces } = await import('./tracing-sdk.js')"],
  )
})
