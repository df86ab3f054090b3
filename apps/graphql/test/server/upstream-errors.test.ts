import { type Fault, generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { startUpstreams } from './support/upstreams.js'

type Source = 'octo' | 'shop'

const LIST = 'query ($source: ID!) { messages(filter: { source: { eq: $source } }) { nodes { id } } }'

const octopodsError = (error_code: number, error: string): Fault => ({
  kind: 'status',
  status: 400,
  body: { request_id: 'r', error_code, error },
})
const status = (code: number, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status: code,
  headers,
})

const BOTH: readonly (readonly [code: string, what: string, fault: Fault])[] = [
  ['UPSTREAM_UNAUTHORIZED', '401', status(401)],
  ['UPSTREAM_FORBIDDEN', '403', status(403)],
  ['UPSTREAM_REJECTED', '404', status(404)],
  ['UPSTREAM_REJECTED', '422', status(422)],
  ['UPSTREAM_RATE_LIMITED', '429', status(429)],
  ['UPSTREAM_UNAVAILABLE', '500', status(500)],
  ['UPSTREAM_UNAVAILABLE', '503', status(503)],
  ['UPSTREAM_UNAVAILABLE', 'an HTML page of a proxy', { kind: 'html' }],
  ['UPSTREAM_UNAVAILABLE', 'a reset connection', { kind: 'reset' }],
  ['UPSTREAM_UNAVAILABLE', 'an answer that breaks off', { kind: 'cutOff' }],
  ['UPSTREAM_TIMEOUT', 'no answer', { kind: 'hang' }],
  ['UPSTREAM_TIMEOUT', 'half an answer', { kind: 'hangBody' }],
  ['UPSTREAM_INVALID_RESPONSE', 'JSON that is cut off', { kind: 'truncatedJson' }],
  ['UPSTREAM_INVALID_RESPONSE', 'an HTML page with status 200', { kind: 'html', status: 200 }],
  ['UPSTREAM_INVALID_RESPONSE', 'another JSON', { kind: 'status', status: 200, body: { hello: 'world' } }],
]

const OCTOPODS: typeof BOTH = [
  ['UPSTREAM_UNAUTHORIZED', '400 for a rotated key', octopodsError(6, 'DEPRECATED_API_KEY')],
  ['UPSTREAM_UNAUTHORIZED', '400 for a missing key', octopodsError(1, 'API key is missing')],
  ['UPSTREAM_REJECTED', '400 for something else', octopodsError(1, 'Bad Request')],
]

const CASES = [
  ...BOTH.map(([code, what, fault]) => ({ source: 'octo' as const, code, what, fault })),
  ...OCTOPODS.map(([code, what, fault]) => ({ source: 'octo' as const, code, what, fault })),
  ...BOTH.map(([code, what, fault]) => ({ source: 'shop' as const, code, what, fault })),
]

test.each(CASES)('$source: $what is $code', async ({ source, code, fault }) => {
  const { ask, log } = await startFaulty(source, fault)
  const { data, errors, status: httpStatus } = await ask(LIST, { source })
  expect(httpStatus).toBe(200)
  expect(data).toBeNull()
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatchObject({ path: ['messages'], extensions: { code, source } })
  // The message names the source and ends in what to do.
  expect(errors[0]?.message).toMatch(new RegExp(`^Source "${source}" .*\\.$`))
  expect(log.filter(({ level }) => level === 'error')).toEqual([])
})

test.each(['octo', 'shop'] as const)('%s: 429 is answered with how long to wait', async (source) => {
  const { ask } = await startFaulty(source, status(429, { 'retry-after': '7' }))
  const { errors } = await ask(LIST, { source })
  expect(errors[0]?.extensions).toEqual({ code: 'UPSTREAM_RATE_LIMITED', source, retryAfterSeconds: 7 })
})

test.each([
  { errorShape: 'nested' },
  { errorShape: 'flat' },
  { errorShape: 'message' },
  { errorShape: 'html' },
  { errorShape: 'empty' },
] as const)('shop: errors have their codes in the shape $errorShape', async (shape) => {
  const { ask, wacr } = await startUpstreams({ wacr: shape })
  const codes = [
    'UPSTREAM_UNAUTHORIZED',
    'UPSTREAM_FORBIDDEN',
    'UPSTREAM_RATE_LIMITED',
    'UPSTREAM_UNAVAILABLE',
  ]
  for (const [index, code] of [401, 403, 429, 500].entries()) {
    wacr.faults.next(status(code))
    const { errors } = await ask(LIST, { source: 'shop' })
    expect(errors[0]?.extensions.code).toBe(codes[index])
  }
})

test.each(['octo', 'shop'] as const)(
  '%s: credentials that are wrong, or lack a scope, are reported',
  async (source) => {
    const upstreams = await startUpstreams()
    upstreams.octopods.settings.apiKey = 'another'
    upstreams.wacr.settings.token = 'another'
    expect((await upstreams.ask(LIST, { source })).errors[0]?.extensions).toEqual({
      code: 'UPSTREAM_UNAUTHORIZED',
      source,
    })
  },
)

test('shop: a token without the scope is reported', async () => {
  const { ask } = await startUpstreams({ wacr: { scopes: [] } })
  const { errors } = await ask(LIST, { source: 'shop' })
  expect(errors[0]?.extensions).toEqual({ code: 'UPSTREAM_FORBIDDEN', source: 'shop' })
})

test.each(['octo', 'shop'] as const)(
  '%s: what the upstream echoes of the credentials stays here',
  async (source) => {
    const { ask } = await startFaulty(source, { kind: 'echoCredentials' })
    const { errors, text } = await ask(LIST, { source })
    expect(errors[0]?.extensions.code).toBe('UPSTREAM_UNAUTHORIZED')
    expect(text).not.toContain('s3cret')
  },
)

test('a single message has the same codes', async () => {
  const upstreams = await startUpstreams()
  upstreams.wacr.faults.next(status(500))
  const id = Buffer.from('["Message","shop","17"]').toString('base64url')
  const { data, errors } = await upstreams.ask('query ($id: ID!) { node(id: $id) { id } }', { id })
  expect(data).toEqual({ node: null })
  expect(errors).toMatchObject([
    { path: ['node'], extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'shop' } },
  ])
})

async function startFaulty(
  source: Source,
  fault: Fault,
): Promise<Awaited<ReturnType<typeof startUpstreams>>> {
  const span = { endAt: Date.parse('2026-04-24T12:00:00Z'), spanMs: 86_400_000 }
  const upstreams = await startUpstreams({
    octopods: { rows: generateOctopodsRows({ count: 5, seed: 1, ...span }) },
    wacr: { rows: generateWacrRows({ count: 5, seed: 2, ...span }) },
    ...(fault.kind === 'hang' || fault.kind === 'hangBody' ? { attemptTimeoutMs: 1000 } : {}),
  })
  const emulator = source === 'octo' ? upstreams.octopods : upstreams.wacr
  emulator.faults.when(() => true, fault)
  return upstreams
}
