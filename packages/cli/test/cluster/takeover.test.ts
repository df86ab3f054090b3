import { expect, onTestFinished, test } from 'vitest'
import { createPostgresPlace } from '../../../../test/support/database-places.js'
import { emptyArchive, lookInto } from '../support/archives.js'
import { temporaryFolder } from '../support/upstreams.js'
import { readyUrl, type WaybillProcess } from '../support/waybill-process.js'
import { arrive, idsOf, SERVERS, start, startUpstreams, WORKERS } from './cluster.js'
import { overlaps, startRelay } from './relay.js'

const TAKEOVER = { timeout: 60_000, interval: 50 }
const PATIENCE = { timeout: 60_000, interval: 200 }

/** What a server said, and which. */
interface Answer {
  readonly server: string
  readonly errors: unknown
}

async function ask(server: string, url: string): Promise<Answer> {
  const body = JSON.stringify({ query: '{ messages { totalCount sources { outcome } } }' })
  const headers = { 'content-type': 'application/json' }
  try {
    const response = await fetch(url, { method: 'POST', headers, body })
    const { errors = null } = (await response.json()) as { errors?: unknown }
    return { server, errors }
  } catch (error) {
    return { server, errors: error }
  }
}

test('three servers and two workers on one PostgreSQL share the sources, and survive one of them', async () => {
  const url = await emptyArchive(createPostgresPlace)
  const upstreams = await startUpstreams()
  const relay = await startRelay({
    octo: upstreams.octo.url,
    shop: upstreams.shop.url,
    branch: upstreams.branch.url,
  })
  const cwd = await temporaryFolder()
  const running = new Map<string, WaybillProcess>()
  for (const name of [...SERVERS, ...WORKERS]) running.set(name, await start(name, relay, url, cwd))
  const urls = new Map<string, string>()
  for (const name of SERVERS) urls.set(name, await readyUrl(running.get(name) as WaybillProcess))

  const answers: Promise<Answer>[] = []
  const living = setInterval(() => {
    arrive(upstreams)
    answers.push(...[...urls].map(([server, each]) => ask(server, each)))
  }, 500)
  onTestFinished(() => clearInterval(living))

  const archive = await lookInto(url)
  await expect.poll(async () => (await archive.status('shop')).messageCount, PATIENCE).toBeGreaterThan(700)
  // Whoever asks has the lease, and dies with it.
  const { process: holder } = await relay.next('shop')
  running.get(holder)?.signal('SIGKILL')
  urls.delete(holder)
  await running.get(holder)?.exited
  running.delete(holder)
  const before = relay.requests.length
  await expect
    .poll(() => relay.requests.slice(before).map(({ source }) => source), TAKEOVER)
    .toEqual(expect.arrayContaining(['octo', 'shop', 'branch']))

  clearInterval(living)
  await expect
    .poll(async () => {
      const counts = ['octo', 'shop', 'branch'].map(async (id) => (await archive.status(id)).messageCount)
      return Promise.all(counts)
    }, PATIENCE)
    .toEqual(Object.values(idsOf(upstreams)).map(({ length }) => length))
  for (const [source, ids] of Object.entries(idsOf(upstreams))) {
    const stored = await archive.records(source, ids)
    expect([...stored.keys()].toSorted()).toEqual(ids.toSorted())
    expect((await archive.status(source)).gaps).toEqual([])
  }

  expect(overlaps(relay.requests)).toEqual([])
  const given = (await Promise.all(answers)).filter(({ server }) => server !== holder)
  expect(given.length).toBeGreaterThan(0)
  expect(given.filter(({ errors }) => errors !== null)).toEqual([])
  for (const waybill of running.values()) waybill.signal('SIGTERM')
  for (const waybill of running.values()) {
    expect(await waybill.exited).toBe(0)
    expect(waybill.output.stderr).not.toContain('"level":"error"')
  }
})
