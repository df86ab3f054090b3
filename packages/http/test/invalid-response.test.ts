import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { reply } from './support/handlers.js'
import { startServer, type Handler } from './support/start-server.js'

const HTML = '<!DOCTYPE html><html><head><title>\n Please  log in </title></head></html>'
const json = { 'content-type': 'application/json' }

test.each<[string, Handler, string]>([
  ['204', reply(204, ''), 'an empty body'],
  ['an empty body', reply(200, '', json), 'an empty body'],
  ['blank space', reply(200, ' \r\n', json), 'an empty body'],
  ['an HTML page', reply(200, HTML, { 'content-type': 'text/html' }), 'an HTML page where JSON'],
  ['an HTML page without a title', reply(200, '<html></html>', json), 'an HTML page'],
  ['HTML that begins with a comment', reply(200, '<!-- x --><p>Hi', json), 'an HTML page'],
  ['plain text', reply(200, 'OK', json), 'not valid JSON'],
  ['cut-off JSON', reply(200, '[{"id":1},{"id', json), 'not valid JSON'],
  [
    'a too short content-length',
    reply(200, '[{"id":1}]', { ...json, 'content-length': 4 }),
    'not valid JSON',
  ],
  ['JSON in Latin-1', reply(200, Buffer.from('{"a":"\xE9"}', 'latin1'), json), 'bytes that are not UTF-8'],
  [
    'JSON in Latin-1, announced as such',
    reply(200, Buffer.from('{"a":"\xE9"}', 'latin1'), { 'content-type': 'application/json; charset=latin1' }),
    'bytes that are not UTF-8',
  ],
  ['JSON in UTF-16', reply(200, Buffer.from('\uFEFF{"a":1}', 'utf16le'), json), 'bytes that are not UTF-8'],
  [
    'an HTML page in Latin-1',
    reply(200, Buffer.from('<html><title>Caf\xE9</title>', 'latin1'), {
      'content-type': 'text/html; charset=latin1',
    }),
    'an HTML page',
  ],
  ['very deep JSON', reply(200, '['.repeat(50_000) + ']'.repeat(50_000), json), 'levels deep'],
  ['broken compression', reply(200, 'no gzip', { ...json, 'content-encoding': 'gzip' }), 'decompressed'],
  ['cut-off compression', reply(200, gzipSync('[1,2]').subarray(0, 12), { 'content-encoding': 'gzip' }), ''],
])('%s is an invalid response and is not asked for again', async (_name, handler, found) => {
  const server = await startServer(handler)
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE')
  expect(error.message).toContain('Source "shop" sent ')
  expect(error.message).toContain(found)
  expect(error.message).toContain("Check that the source's baseUrl points at the API")
  expect(server.requests).toHaveLength(1)
})

test('the deepest JSON that is taken can be walked by recursive functions', async () => {
  const server = await startServer(reply(200, '['.repeat(100) + ']'.repeat(100)))
  const value = await connect(server).getJson('messages')
  expect(JSON.stringify(structuredClone(value))).toHaveLength(200)
})
