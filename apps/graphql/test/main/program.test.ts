import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { recordedFetch } from '../server/support/transcript.js'
import { ACME_ENVIRONMENT, configuredFolder } from './configured-folder.js'
import { readyUrl, spawnWaybill } from './waybill-process.js'

/** Makes Node.js write the address of every module that it loads from a file, one a line. */
const RECORDING = `--import=data:text/javascript,${encodeURIComponent(`
  import { appendFileSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  registerHooks({
    load: (url, context, next) => {
      if (url.startsWith('file:')) appendFileSync(process.env.LOADED, url + '\\n')
      return next(url, context)
    },
  })
`)}`

/** What only some need, and what is loaded for them when they do. */
const LATE =
  /^(?:pg|pg-boss|jose|hyparquet-writer|yazl|@opentelemetry\/(?:sdk|exporter|resources).*|@waybill\/emulators)$/

/** The packages whose code is in a file: that of the file itself, and those that the bundle names above their modules. */
async function packagesIn(file: string): Promise<readonly string[]> {
  const bundled = (await readFile(file, 'utf8')).matchAll(/^\/\/ \S+$/gm)
  return [file, ...Array.from(bundled, ([path]) => path)].flatMap((path) => {
    const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
    const own = /\/packages\/([^/]+)\/dist\//.exec(path)?.[1]
    return installed ?? (own === undefined ? [] : `@waybill/${own}`)
  })
}

test('a server with an archive in SQLite loads few files, and nothing for other databases, formats or identity providers', async () => {
  const archive = { url: 'sqlite:./history.db' }
  const cwd = await configuredFolder({ archive })
  const record = join(cwd, 'loaded')
  const env = { ...ACME_ENVIRONMENT, NODE_OPTIONS: RECORDING, LOADED: record }
  const waybill = spawnWaybill({ cwd, env })
  const url = await readyUrl(waybill)
  const body = JSON.stringify({ query: '{ messages(first: 1) { nodes { id } } }' })
  const answer = await recordedFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  expect(await answer.json()).toMatchObject({ data: { messages: { nodes: [] } } })

  const loaded = (await readFile(record, 'utf8')).trim().split('\n')
  const files = [...new Set(loaded)].map((address) => fileURLToPath(address))
  expect(files.length).toBeLessThan(350)
  const packages = new Set((await Promise.all(files.map(packagesIn))).flat())
  expect([...packages]).toEqual(expect.arrayContaining(['graphql', 'fastify', '@waybill/archive']))
  expect([...packages].filter((name) => LATE.test(name))).toEqual([])

  // What is loaded late is there, in a thread of its own, too.
  const table = await recordedFetch(new URL('/messages.parquet', url))
  expect(table.status).toBe(200)
  expect((await table.text()).slice(0, 4)).toBe('PAR1')
})
