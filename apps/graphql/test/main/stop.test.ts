import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { acmeProvider } from '../../../../test/support/provider-folder.js'
import { ACME_ENVIRONMENT, configuredFolder } from './configured-folder.js'
import { readyUrl, spawnWaybill, type WaybillProcess } from './waybill-process.js'
import { recordedFetch } from '../server/support/transcript.js'

/** The check at the start, and a query. */
const LISTING_AGAIN = /listing[^]*listing/

/** Answers only after the server has been told to stop. */
const PATIENT = `
  process.stderr.write('listing\\n')
  await new Promise((resolve) => process.once('SIGTERM', () => setTimeout(resolve, 20)))
  return { messages: [], parameters: [] }
`
const NEVER = `
  process.stderr.write('listing\\n')
  return new Promise(() => undefined)
`
const BROKEN = `
  setTimeout(() => { throw new Error('no use for ' + options.token) })
  return { messages: [], parameters: [] }
`

async function serve(list: string): Promise<{ waybill: WaybillProcess; query: () => Promise<Response> }> {
  const waybill = spawnWaybill({ cwd: await configuredFolder({}, acmeProvider(list)), env: ACME_ENVIRONMENT })
  const url = await readyUrl(waybill)
  const body = JSON.stringify({ query: '{ messages { nodes { id } } }' })
  const headers = { 'content-type': 'application/json' }
  return { waybill, query: () => recordedFetch(url, { method: 'POST', headers, body }) }
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops a server that has nothing to do', async (signal) => {
  const { waybill } = await serve(NEVER)
  waybill.signal(signal)
  expect(await waybill.exited).toBe(0)
})

test('what is in flight is finished first', async () => {
  const { waybill, query } = await serve(PATIENT)
  const answer = query()
  await waybill.seen('stderr', LISTING_AGAIN)
  waybill.signal('SIGTERM')
  expect(await (await answer).json()).toMatchObject({ data: { messages: { nodes: [] } } })
  expect(await waybill.exited).toBe(0)
})

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('a second %s exits at once', async (signal, code) => {
  const { waybill, query } = await serve(NEVER)
  const answer = query().catch(() => 'cut off')
  await waybill.seen('stderr', LISTING_AGAIN)
  waybill.signal('SIGINT')
  await waybill.seen('stderr', /"message":"stopping"/)
  await wait(150)
  waybill.signal(signal)
  expect(await waybill.exited).toBe(code)
  expect(await answer).toBe('cut off')
})

test('an error that nobody handles is logged without its secret', async () => {
  const { waybill, query } = await serve(BROKEN)
  await query().catch(() => 'cut off')
  expect(await waybill.exited).toBe(1)
  expect(waybill.output.stderr).toContain('"error":"Error: no use for [redacted]"')
  expect(waybill.output.stderr).not.toContain('s3cret')
})
