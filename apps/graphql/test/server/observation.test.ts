import { generateWacrRows } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { bearerAuth, startHarness } from './support/harness.js'
import { messages } from './support/message.js'
import { rawRequest } from './support/raw-request.js'
import { SERVER_TOKEN } from './support/secrets.js'
import { startUpstreams } from './support/upstreams.js'

test('every request is one line of the log, without what may be private', async () => {
  const { ask, get, log } = await startHarness({
    sources: [sourceOf('a', arrayProvider({ messages: messages(1) }))],
  })
  await ask(
    'query Newest($text: String) { messages(search: $text) { totalCount } }',
    { text: 'private' },
    { 'x-own': 'private' },
  )
  await get('/graphql?query={__typename}&private=private')
  await get('/healthz')
  await get('/private?private=private')
  expect(
    log.map(({ message, method, route, status, operation }) => [message, method, route, status, operation]),
  ).toEqual([
    ['Request', 'POST', '/graphql', 200, 'Newest'],
    ['Request', 'GET', '/graphql', 200, undefined],
    ['Request', 'GET', '/healthz', 200, undefined],
    ['Request', 'GET', 'other', 404, undefined],
  ])
  for (const line of log) {
    expect(line['ms']).toEqual(expect.any(Number))
    expect(JSON.stringify(line)).not.toContain('private')
    expect(JSON.stringify(line)).not.toContain('totalCount')
  }
})

test('a line says who asked what, what came of it and what it cost', async () => {
  const { ask, log } = await startHarness({
    auth: bearerAuth(SERVER_TOKEN),
    sources: [sourceOf('a', arrayProvider({ messages: messages(1) }))],
  })
  const headers = { authorization: `Bearer ${SERVER_TOKEN}`, 'x-request-id': 'from-the-proxy.1' }
  const name = `call_4915112345678_${'n'.repeat(100)}`
  const answer = await ask(`query ${name} { messages(first: 1) { nodes { id } } }`, {}, headers)
  expect(answer.headers.get('x-request-id')).toBe('from-the-proxy.1')
  await ask('{ messages(first: 0) { totalCount } }', {}, { ...headers, 'x-request-id': 'no plain one' })
  await ask('{ __typename }', {}, { authorization: 'Bearer wrong-one' })
  expect(log).toMatchObject([
    {
      level: 'info',
      message: 'Request',
      requestId: 'from-the-proxy.1',
      status: 200,
      operation: `call_N_${'n'.repeat(57)}`,
      hash: expect.stringMatching(/^[\da-f]{16}$/) as string,
      cost: 3,
      upstreamRequests: 1,
      bytes: expect.any(Number) as number,
    },
    { level: 'info', requestId: expect.stringMatching(/^[\w-]{12}$/) as string, code: 'BAD_USER_INPUT' },
    {
      level: 'warn',
      message: 'Login failed',
      reason: 'UNKNOWN_TOKEN',
      address: '127.0.0.1',
      status: 200,
      code: 'UNAUTHENTICATED',
      caller: 'nobody',
    },
  ])
  expect(log[0]?.['caller']).not.toContain(SERVER_TOKEN)
  expect(Number(log[0]?.['bytes'])).toBeGreaterThan(answer.text.length)
})

test.each([
  ['a UUID', '12345678-1234-4123-8123-123456789012', true],
  ['a hexadecimal number', '0af7651916cd43dd8448eb211c80319c', true],
  ['a hexadecimal number of half the length', 'b7ad6b7169203331', true],
  ['a hexadecimal number behind a word', 'trace-0af7651916cd43dd8448eb211c80319c.2', true],
  ['a word', 'from-the-proxy.1', true],
  ['a phone number', '4915112345678', false],
  ['a phone number in groups', 'call-49_151-1234.5678', false],
  ['a phone number behind letters', 'id4915112345678', false],
  ['a phone number behind hexadecimal digits', 'abc4915112345678', false],
  ['a phone number before letters', '4915112345678bcde', false],
  ['a one-time password', 'code-482910', false],
  ['a one-time password between letters', 'code482910f', false],
  ['more than 64 characters', 'x'.repeat(65), false],
  ['a space', 'a b', false],
])('an id that a client chose is kept where it may be written down: %s', async (_, id, isKept) => {
  const { get, log } = await startHarness()
  const { headers } = await get('/healthz', { headers: { 'x-request-id': id } })
  expect(headers.get('x-request-id') === id).toBe(isKept)
  expect(log).toMatchObject([{ requestId: headers.get('x-request-id') }])
})

test.each(['call_4915112345678_x', 'call_49_151_1234_5678', `call_49151${'_'.repeat(9)}12345678`])(
  'no phone number in the name of an operation is logged: %s',
  async (name) => {
    const { ask, log } = await startHarness()
    await ask(`query ${name} { __typename }`)
    expect(log).toMatchObject([{ operation: expect.stringMatching(/^call_N/) }])
    expect(JSON.stringify(log)).not.toMatch(/49151|1234/)
  },
)

test('a refused download and a refused log have the code of their error in the log', async () => {
  const { get, log } = await startHarness({
    sources: [sourceOf('a', arrayProvider({ messages: messages(1) }))],
  })
  await get('/messages.csv?filter[status]=private')
  await get('/reconcile', { method: 'POST', body: '' })
  await get('/reconcile?window=private', { method: 'POST', body: 'id\n1\n' })
  expect(log.map(({ route, status, code }) => [route, status, code])).toEqual([
    ['/messages.csv', 400, 'INVALID_FILTER'],
    ['/reconcile', 400, 'BAD_USER_INPUT'],
    ['/reconcile', 400, 'BAD_USER_INPUT'],
  ])
  expect(JSON.stringify(log)).not.toContain('private')
})

test('what is sent upstream for a request carries its id, as do all lines of the log about it', async () => {
  const { ask, get, log, wacr, octopods } = await startUpstreams({
    wacr: { rows: generateWacrRows({ count: 3, seed: 1 }) },
  })
  await ask('{ messages { nodes { id } } }', {}, { 'x-request-id': 'query-1' })
  await get('/messages.csv?filter[status]=failed', { headers: { 'x-request-id': 'download-2' } })
  wacr.faults.next({ kind: 'status', status: 503 })
  await ask('{ messages(search: "x") { nodes { id } } }', {}, { 'x-request-id': 'broken-3' })
  const sent = [...wacr.log, ...octopods.log].map(({ headers }) => headers.requestId)
  expect(new Set(sent)).toEqual(new Set(['query-1', 'download-2', 'broken-3']))
  expect(log.map(({ requestId, message }) => [requestId, message])).toEqual([
    ['query-1', 'Request'],
    ['download-2', 'Request'],
    ['broken-3', 'Request'],
  ])
})

const TRACE = '0af7651916cd43dd8448eb211c80319c'

test.each([
  ['of W3C', `00-${TRACE}-b7ad6b7169203331-01`, true],
  ['of no trace', '00-00000000000000000000000000000000-b7ad6b7169203331-01', false],
  ['of another form', `${TRACE}-4915112345678`, false],
])(
  'without a collector, the trace of a client is passed on and logged: %s',
  async (_, traceparent, isPassed) => {
    const { ask, log, wacr } = await startUpstreams()
    await ask('{ messages { nodes { id } } }', {}, { traceparent })
    expect(wacr.log.map(({ headers }) => headers.traceparent)).toContain(isPassed ? traceparent : undefined)
    expect(log[0]?.['traceId']).toBe(isPassed ? TRACE : undefined)
  },
)

test('requests, operations and attempts upstream are counted', async () => {
  const { ask, get } = await startHarness({
    sources: (metrics) => {
      metrics.sources.upstreamAttempt({ source: 'a', status: 503, durationMs: 20 })
      metrics.sources.upstreamAttempt({ source: 'a', status: null, durationMs: 2 })
      return [sourceOf('a', arrayProvider({ messages: messages(1) }))]
    },
  })
  await ask('{ sources { key } }')
  await ask('{ sources { key } }')
  await ask('{ messages(first: 0) { totalCount } }')
  await ask('{')
  await get('/nothing')
  const { text, headers } = await get('/metrics')
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(text).toContain('waybill_graphql_operations_total{outcome="OK"} 2')
  expect(text).toContain('waybill_graphql_operations_total{outcome="BAD_USER_INPUT"} 1')
  expect(text).toContain('waybill_graphql_operations_total{outcome="GRAPHQL_PARSE_FAILED"} 1')
  expect(text).toContain(
    'waybill_http_request_duration_seconds_count{method="POST",route="/graphql",status="200"} 4',
  )
  expect(text).toContain(
    'waybill_http_request_duration_seconds_count{method="GET",route="other",status="404"} 1',
  )
  expect(text).toContain('waybill_upstream_attempt_duration_seconds_count{source="a",status="503"} 1')
  expect(text).toContain('waybill_upstream_attempt_duration_seconds_count{source="a",status="none"} 1')
  expect(text).toContain('process_cpu_seconds_total')
})

test('a client cannot make time series of its own', async () => {
  const { get, url } = await startHarness()
  await rawRequest(`${url}/made-up-path`, { method: 'PURGE' })
  const { text } = await get('/metrics')
  expect(text).toContain(
    'waybill_http_request_duration_seconds_count{method="other",route="other",status="404"} 1',
  )
  expect(text).not.toContain('made-up-path')
})

test('operations are measured by name, as far as names are few', async () => {
  const { ask, get } = await startHarness()
  await ask('query Newest { __typename }')
  await ask('query Newest { __typename }')
  await ask('query Broken { nothing }')
  await ask('{ __typename }')
  for (let index = 0; index < 60; index += 1) await ask(`query N${'x'.repeat(index)} { __typename }`)
  const { text } = await get('/metrics')
  const counted = new Map(
    [...text.matchAll(/^waybill_graphql_operation_duration_seconds_count\{operation="(\w+)"\} (\d+)$/gm)].map(
      ([, name = '', count]) => [name, Number(count)],
    ),
  )
  expect(counted.get('Newest')).toBe(2)
  expect(counted.get('unnamed')).toBe(1)
  expect(counted.get('other')).toBe(11)
  expect(counted.has('Broken')).toBe(false)
  expect(counted.size).toBe(52)
})

test('failed logins are counted by their reason', async () => {
  const { ask, get } = await startHarness({ auth: bearerAuth(SERVER_TOKEN) })
  await ask('{ __typename }')
  await ask('{ __typename }', {}, { authorization: 'Bearer wrong-one' })
  const { text } = await get('/metrics', { headers: { authorization: `Bearer ${SERVER_TOKEN}` } })
  expect(text).toContain('waybill_login_failures_total{reason="NO_TOKEN"} 1')
  expect(text).toContain('waybill_login_failures_total{reason="UNKNOWN_TOKEN"} 1')
})

test('what sources do is counted: requests, retries, waits, pages, warnings and rests', async () => {
  const { ask, get, wacr } = await startUpstreams({
    wacr: { rows: generateWacrRows({ count: 3, seed: 1 }) },
  })
  const list = '{ messages(first: 1) { nodes { id } } }'
  await Promise.all([ask(list), ask(list)])
  await ask('{ messages(filter: { from: { eq: "+49301234567" } }) { totalCount } }')
  wacr.faults.when(() => true, { kind: 'status', status: 503 })
  for (let failed = 0; failed < 10; failed += 1)
    await ask(`{ messages(search: "x${failed}", onSourceError: PARTIAL) { nodes { id } } }`)
  const { text } = await get('/metrics')
  expect(text).toMatch(/^waybill_source_pages_total\{source="octo",from="(?:kept|shared)"\} [1-9]/m)
  expect(text).toMatch(/^waybill_source_pages_total\{source="octo",from="fetched"\} [1-9]/m)
  expect(text).toMatch(/^waybill_source_warnings_total\{source="octo",code="FIELD_NOT_TOLD"\} /m)
  expect(text).toMatch(/^waybill_upstream_wait_seconds_count\{source="shop"\} \d/m)
  expect(text).toContain('waybill_upstream_paused{source="shop"} 1')
})
