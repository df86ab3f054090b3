import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { configuredFolder } from './configured-folder.js'
import { readyUrl, spawnWaybill } from './waybill-process.js'
import { recordedFetch } from '../server/support/transcript.js'

/** An upstream that repeats everything it is sent, as some error pages do. */
async function startEcho(): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' })
    const told = `${request.url} ${JSON.stringify(request.rawHeaders)}`
    response.end(JSON.stringify({ error_code: 99, error: told, message: told }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('no secret reaches standard output, standard error or a client', async () => {
  const baseUrl = await startEcho()
  const cwd = await configuredFolder({
    server: { port: 0, auth: { bearerTokens: ['${WAYBILL_TOKEN}'] } },
    sources: [
      { id: 'octo', provider: '@waybill/provider-octopods', options: { apiKey: 'octo-s3cret-key', baseUrl } },
      { id: 'shop', provider: '@waybill/provider-wacr', options: { token: '${WACR_TOKEN}', baseUrl } },
    ],
  })
  const env = { WAYBILL_TOKEN: 'way-s3cret-token', WACR_TOKEN: 'wacr-s3cret-token' }
  const waybill = spawnWaybill({ cwd, env })
  const url = await readyUrl(waybill)
  const ask = async (token: string, query: string): Promise<string> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const response = await recordedFetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    return response.text()
  }
  const answers = [
    await ask('way-s3cret-wrong', '{ sources { id } }'),
    await ask('way-s3cret-token', '{ messages { nodes { id } } }'),
    await ask(
      'way-s3cret-token',
      '{ messages(onSourceError: PARTIAL) { sources { error { code message } } } }',
    ),
    await ask('way-s3cret-token', '{ sources { key label provider } }'),
    await (await recordedFetch(new URL('/metrics', url))).text(),
  ]
  waybill.signal('SIGTERM')
  expect(await waybill.exited).toBe(0)
  expect(answers[2]).toContain('UPSTREAM_REJECTED')
  expect(JSON.stringify([answers, waybill.output])).not.toContain('s3cret')
})
