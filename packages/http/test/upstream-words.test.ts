import { expect, test } from 'vitest'
import { listEnvelope, type Envelope } from '../src/index.js'
import { connect, upstreamError } from './support/connect.js'
import { json, reply } from './support/handlers.js'
import { startServer, type Handler } from './support/start-server.js'

const WORDS = 'Recipient +49 (30) 231-25380 (anna@shop.example) said: Anna, the code is 4829'
const PRIVATE = /Anna|anna@|said|25380|231|4829|Recipient/

const ANSWERS: readonly [string, Handler][] = [
  ['a message', json({ message: WORDS }, 422)],
  ['an error', json({ error: WORDS }, 400)],
  ['an error with a code', json({ error: { code: WORDS, message: WORDS } }, 500)],
  ['a code of one private word', json({ code: 'Anna', message: WORDS }, 422)],
  ['a code that is a number of a phone', json({ error_code: 493023125380, message: WORDS }, 422)],
  ['a plain error of one private word', json({ error: 'Anna', message: WORDS }, 409)],
  ['several errors', json({ errors: [{ title: WORDS, detail: WORDS }] }, 422)],
  ['plain text', reply(502, WORDS)],
  ['an HTML page', reply(503, `<html><title>${WORDS}</title></html>`)],
  ['an HTML page under HTTP 200', reply(200, `<html><title>${WORDS}</title></html>`)],
  ['an error under HTTP 200', json({ success: false, message: WORDS })],
  ['a status under HTTP 200', json({ status: 'error', error: { message: WORDS } })],
]

const envelope = (body: unknown): Envelope => listEnvelope(body, null)

test.each(ANSWERS)("an upstream's words are in no error by default: %s", async (_name, handler) => {
  const server = await startServer(handler)
  const error = await upstreamError(
    connect(server, { limits: { retries: 0 } }).getJson('messages', { envelope }),
  )
  expect(error.message).not.toMatch(PRIVATE)
  expect(error.upstreamCode ?? '').not.toMatch(PRIVATE)
  expect(error.upstreamWords).toBeUndefined()
})

test.each(ANSWERS)(
  'the operator who asks for it sees it, numbers and addresses masked: %s',
  async (_name, handler) => {
    const server = await startServer(handler)
    const client = connect(server, { limits: { retries: 0 }, upstreamWords: true })
    const error = await upstreamError(client.getJson('messages', { envelope }))
    expect(error.upstreamWords).toBe('Recipient [number] ([address]) said: Anna, the code is [number]')
    expect(error.message).not.toMatch(PRIVATE)
  },
)

test.each([
  '6',
  '-1',
  '131026',
  'INSUFFICIENT_SCOPE',
  'NOT_FOUND',
  'UNAUTHORIZED',
  'invalid_token',
  'auth.expired',
  'OAuthException',
  'unauthenticated',
])('the code %s is one, and shown to everybody', async (code) => {
  const server = await startServer(json({ code, message: WORDS }, 422))
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error.upstreamCode).toBe(code)
  expect(error.message).toContain(`(HTTP 422 ${code})`)
})
