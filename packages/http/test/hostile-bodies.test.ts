import { expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { reply } from './support/handlers.js'
import { startServer } from './support/start-server.js'

const LENGTH = 1024 * 1024

// Where reading is not linear in their length, each takes longer than a test may.
test.each<[string, number, string, string]>([
  ['unclosed titles', 200, `<html>${'<title'.repeat(LENGTH / 6)}`, 'an HTML page'],
  ['titles with attributes', 200, `<html>${'<title a'.repeat(LENGTH / 8)}`, 'an HTML page'],
  ['one endless title', 200, `<html><title ${'x'.repeat(LENGTH)}`, 'an HTML page'],
  ['white space', 200, `${' '.repeat(LENGTH)}<`, 'not valid JSON'],
  ['unclosed declarations', 502, '<?xml'.repeat(10_000), 'HTTP 502'],
  ['a million brackets', 200, '['.repeat(LENGTH), 'levels deep'],
  ['many nested objects', 200, '{"a":'.repeat(LENGTH / 5), 'levels deep'],
])('%s are read in linear time', async (_name, status, body, found) => {
  const server = await startServer(reply(status, body))
  const error = await upstreamError(connect(server, { limits: { retries: 0 } }).getJson('messages'))
  expect(error.message).toContain(found)
})

test.each([
  ['brackets within text', `["${'['.repeat(1000)}", "\\"${'{'.repeat(1000)}"]`],
  ['many lists side by side', `[${'[],'.repeat(1000)}[]]`],
])('%s are not deep', async (_name, body) => {
  const server = await startServer(reply(200, body))
  expect(await connect(server).getJson('messages')).toEqual(JSON.parse(body))
})
