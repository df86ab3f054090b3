import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createRedactor, type UpstreamClientOptions } from '../src/index.js'
import { connect, upstreamError } from './support/connect.js'
import { cutOff, hang, json, reply, reset } from './support/handlers.js'
import { startServer, type Handler } from './support/start-server.js'

/** With all that URL, JSON, HTML and base64 write in a different way. */
const SECRET = 'octo/s3cret+key&"12|~é='
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const FORMS: [string, string][] = [
  ['as it is', SECRET],
  ['with its scheme', `Bearer ${SECRET}`],
  ['in capitals', SECRET.toUpperCase()],
  ['URL-encoded', encodeURIComponent(SECRET)],
  ['URL-encoded in small letters', encodeURIComponent(SECRET).toLowerCase()],
  ['form-encoded', new URLSearchParams({ key: SECRET }).toString()],
  ['in base64', base64(SECRET)],
  ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
  ['in base64 with its scheme', base64(`Bearer ${SECRET}`)],
  ['in base64 as a password', base64(`me:${SECRET}`)],
  ['in base64 as a user name', base64(`${SECRET}:`)],
  ['torn by control characters', SECRET.replace('s3', 's\u00003')],
  ['torn by invisible characters', SECRET.replace('s3', 's\u200B3')],
  ['across the limit of the length', 'x'.repeat(190) + SECRET],
]

/** Everything that somebody who logs an error could print. */
function everything(error: Error): string {
  const shown = inspect(error, { depth: Infinity, showHidden: true, getters: true })
  return [
    error.message,
    error.stack,
    JSON.stringify(error),
    JSON.stringify(Object.entries(error)),
    shown,
  ].join('\n')
}

function expectNoSecret(error: Error): void {
  const text = everything(error)
  const pieces = [
    's3cret',
    'S3CRET',
    SECRET.slice(0, 6),
    base64(SECRET).slice(4, 16),
    base64(`Bearer ${SECRET}`).slice(12, 24),
  ]
  for (const piece of pieces) expect(text).not.toContain(piece)
  expect(error.cause).toBeUndefined()
}

const options: Partial<UpstreamClientOptions> = {
  headers: { authorization: `Bearer ${encodeURIComponent(SECRET)}`, 'x-key': 'plain-s3cret-key' },
  secrets: [SECRET, 'plain-s3cret-key', ''],
  limits: { retries: 0, attemptTimeoutMs: 1000 },
  upstreamWords: true,
}

test.each(FORMS)('a secret echoed %s does not appear', async (_name, echo) => {
  const handlers: Handler[] = [
    json({ error: { code: echo, message: `Token ${echo} is wrong` } }, 401),
    json({ error_code: echo, message: [echo] }, 500),
    reply(400, `No: ${echo}`),
    reply(400, `{"token":${JSON.stringify(echo)},"x`),
    reply(400, `{"token":${JSON.stringify(echo).replaceAll('/', String.raw`\/`)},"x`),
    reply(403, `<html><title>${echo}</title>`),
    reply(200, `<html><title>${echo}</title>`),
    reply(200, `["${echo}`),
  ]
  for (const handler of handlers) {
    const server = await startServer(handler)
    const seen: unknown[] = []
    const classify = (failure: unknown): undefined => void seen.push(failure)
    expectNoSecret(await upstreamError(connect(server, { ...options, classify }).getJson('messages')))
    expect(JSON.stringify(seen)).not.toMatch(/s3cret/i)
  }
})

test.each<[string, Handler]>([
  ['a reset', reset],
  ['a cut-off body', cutOff()],
  ['a timeout', hang],
  ['a redirect', reply(302, '', { location: 'http://other.example/?token=plain-s3cret-key' })],
  ['a rate limit', reply(429, 'plain-s3cret-key', { 'retry-after': '99' })],
])('an error after %s holds no secret, no URL and no cause', async (_name, handler) => {
  const server = await startServer(handler)
  const searchParams = { search: 'plain-s3cret-key' }
  const error = await upstreamError(connect(server, options).getJson('messages', { searchParams }))
  expectNoSecret(error)
  expect(error.message).not.toMatch(/https?:\/\/\w|example|\/(?:api|work|home|tmp)/)
})

test('text around a secret is kept', async () => {
  const server = await startServer(reply(401, 'The key plain-s3cret-key has expired.'))
  const error = await upstreamError(connect(server, options).getJson('messages'))
  expect(error.upstreamWords).toBe('The key [redacted] has expired.')
})

test('the client itself shows no secret', async () => {
  const server = await startServer(json({}))
  expect(inspect(connect(server, options), { depth: Infinity, showHidden: true })).not.toContain('s3cret')
})

test('a secret that any text holds by chance blanks nothing', async () => {
  const server = await startServer(reply(400, 'No key'))
  const client = connect(server, { secrets: ['k', 'ey'], upstreamWords: true })
  expect((await upstreamError(client.getJson('messages'))).upstreamWords).toBe('No key')
})

test.each([
  ['secrets that overlap', ['first-second', 'second-third'], 'a first-second-third b', 'a [redacted] b'],
  ['a secret within another', ['secret', 'my-secret-key'], 'my-secret-key, secret', '[redacted], [redacted]'],
  ['a secret in other letters', ['s3cret-Key'], 'S3CRET-KEY', '[redacted]'],
  ['a secret that is a pattern', ['a.b*c(d'], 'a.b*c(d axbc', '[redacted] axbc'],
  ['no secret', [], 'as it is', 'as it is'],
])('%s are replaced whole', (_name, secrets, text, shown) => {
  expect(createRedactor(secrets)(text)).toBe(shown)
})
