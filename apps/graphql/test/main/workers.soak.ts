import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateWacrRows, startWacrEmulator, type WacrEmulator } from '@waybill/emulators'
import { describe, expect, onTestFinished, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { clientOf } from '../server/support/harness.js'
import { WACR_TOKEN } from '../server/support/secrets.js'
import { configuredFolder } from './configured-folder.js'
import { readyUrl, spawnWaybill } from './waybill-process.js'

const COUNT = 40
const QUERY = '{ messages(first: 1) { totalCount sources { error { code } } } }'
/** Only a query brings something new in after the first poll. */
const SYNC = { minPollSeconds: 300, maxPollSeconds: 300, maxStalenessSeconds: 1 }
const REQUESTS =
  /^waybill_http_request_duration_seconds_count\{method="POST",route="\/graphql",status="200"\} (\d+)$/m
const POLLS = /^waybill_sync_polls_total\{source="shop",outcome="ok"\} (\d+)$/m

async function startUpstream(): Promise<WacrEmulator> {
  const wacr = await startWacrEmulator({
    token: WACR_TOKEN,
    rows: generateWacrRows({ count: COUNT, seed: 5 }),
  })
  onTestFinished(() => wacr.close())
  return wacr
}

async function folderFor({ url: baseUrl }: WacrEmulator, archive: string): Promise<string> {
  const folder = await temporaryFolder()
  const options = { token: '${TOKEN}', baseUrl }
  const sources = [{ id: 'shop', provider: '@waybill/provider-wacr', options, sync: SYNC }]
  const configuration = { server: { port: 0, workers: 2 }, sources, archive: { url: archive } }
  await writeFile(join(folder, 'waybill.config.json'), JSON.stringify(configuration))
  return folder
}

describe.each(PLACES)('$engine: a server with two workers', ({ createPlace }) => {
  test('answers, counts and stops like one process, and replaces a worker that dies', async () => {
    const wacr = await startUpstream()
    await using place = await createPlace()
    const waybill = spawnWaybill({ cwd: await folderFor(wacr, place.url), env: { TOKEN: WACR_TOKEN } })
    const { ask, get } = clientOf(new URL('/', await readyUrl(waybill)).origin)
    let asked = 0
    const total = async (): Promise<unknown> => {
      asked += 1
      // Each on a connection of its own, so that all workers have some.
      const { data, errors } = await ask(QUERY, {}, { connection: 'close' })
      expect(errors).toEqual([])
      return data
    }

    await expect.poll(total).toMatchObject({ messages: { totalCount: COUNT } })
    for (const row of generateWacrRows({ count: 1, seed: 6 }))
      wacr.table.insert({ ...row, id: wacr.table.nextId(), createdAt: Date.now() })
    await expect.poll(total).toMatchObject({ messages: { totalCount: COUNT + 1 } })

    await Promise.all(Array.from({ length: 10 }, total))
    const { text } = await get('/metrics')
    expect(Number(REQUESTS.exec(text)?.[1])).toBe(asked)
    expect(Number(POLLS.exec(text)?.[1])).toBeGreaterThan(0)
    expect(text).toContain(`waybill_archive_messages{source="shop"} ${COUNT + 1}`)

    const victim = await waybill.seen('stderr', /"A worker has started","worker":(\d+)/)
    process.kill(Number(victim), 'SIGKILL')
    await waybill.seen('stderr', /(?:"A worker has started"[^]*){3}/)
    expect(waybill.output.stderr).toContain(`"A worker has ended and is replaced","worker":${victim}`)
    expect(await total()).toMatchObject({ messages: { totalCount: COUNT + 1 } })

    waybill.signal('SIGTERM')
    expect(await waybill.exited).toBe(0)
  })
})

test('a worker that hangs does not keep the server from stopping', async () => {
  const limits = { drainSeconds: 0, shutdownSeconds: 1 }
  const cwd = await configuredFolder({ server: { port: 0, workers: 2, limits } })
  const waybill = spawnWaybill({ cwd, env: { ACME_TOKEN: 's3cret-acme' } })
  await readyUrl(waybill)
  const hung = await waybill.seen('stderr', /"A worker has started","worker":(\d+)/)
  process.kill(Number(hung), 'SIGSTOP')
  waybill.signal('SIGTERM')
  expect(await waybill.exited).toBe(0)
  expect(waybill.output.stderr).toContain(`"A worker does not stop and is killed","worker":${hung}`)
})

test('what keeps workers from starting is reported once, as without workers', async () => {
  const taken = await startUpstream()
  const port = Number(new URL(taken.url).port)
  const cwd = await configuredFolder({ server: { port, workers: 2 } })
  const waybill = spawnWaybill({ cwd, env: { ACME_TOKEN: 's3cret-acme' } })
  expect(await waybill.exited).toBe(1)
  expect(waybill.output.stderr.match(/cannot start: port \d+ on 127\.0\.0\.1 is in use/g)).toHaveLength(1)
})

test('an archive in the memory of a process cannot be shared by workers', async () => {
  const cwd = await configuredFolder({ server: { port: 0, workers: 2 }, archive: { url: 'sqlite::memory:' } })
  const waybill = spawnWaybill({ cwd, env: { ACME_TOKEN: 's3cret-acme' } })
  expect(await waybill.exited).toBe(2)
  expect(waybill.output.stderr).toContain('server.workers')
})
