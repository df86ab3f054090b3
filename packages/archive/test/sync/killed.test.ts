import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Archive, createSync, type SyncSource } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { createLife, type Life } from '../support/living-shop.js'
import { openOwn } from '../support/own-archive.js'
import { startSyncProcess } from '../support/processes.js'
import { archivedRows, shopRows, upstreamRows } from '../support/shop-rows.js'
import { seeded } from '../support/traffic.js'
import { startShop } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

const KILLS = Number(process.env['WAYBILL_KILLS'] ?? 5)
/** More than are read before the last kill. */
const ROWS = 1000 * KILLS
const HOUR_MS = 3_600_000

describe.each(ENGINES)('$engine: a process that is killed at any instant', ({ createPlace }) => {
  it(`leaves an archive that equals the upstream in the end, after ${KILLS} times`, async () => {
    const { archive, url } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS), tableOptions: { ties: 'shuffle' } })
    const life = createLife(emulator, 7)
    const living = setInterval(() => life.go(4), 25)
    const random = seeded(11)
    const upstreams = [
      { id: 'shop', kind: 'shop', baseUrl: emulator.url, credential: emulator.settings.token },
    ] as const
    try {
      const options = { url, upstreams, pollMs: 300, leaseTtlMs: 400 }
      let next = startSyncProcess(options)
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const child = await next
        child.begin()
        // The next one is made ready meanwhile.
        if (kill < KILLS) next = startSyncProcess(options)
        await child.did(Math.floor(random() * 6))
        await delay(random() * 200)
        await child.kill()
        expect(child.errors()).toBe('')
      }
    } finally {
      clearInterval(living)
    }
    const reached = (await storeOf(archive).span('shop')).count
    expect(reached).toBeGreaterThan(30 * KILLS)
    console.info(`${reached} of ${emulator.table.size} rows were stored when the last process was killed.`)
    await settleDown(archive, source)
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    expect(await storeOf(archive).coverage('shop')).toEqual({
      coverage: [{ from: 0, to: expect.any(Number) }],
      gaps: [],
    })
    expect(life.deleted.size).toBeGreaterThan(KILLS)
    expect(life.statuses.size).toBeGreaterThan(15 * KILLS)
    expect(await findHistoryFaults(archive, life)).toEqual([])
  })
})

/** Syncs to the end: what was deleted deep in the past is found hours later, by what the upstream counts. */
async function settleDown(archive: Archive, source: SyncSource): Promise<void> {
  let now = Date.now()
  // The clock stands still meanwhile, so nothing may have to wait for its share of a limit.
  const rateLimit = { requests: 1_000_000, perSeconds: 1 }
  const sync = createSync({ archive, sources: [{ ...source, rateLimit }], now: () => now })
  for (const hours of [0, 1, 1, 7]) {
    now += hours * HOUR_MS
    expect(await sync.once()).toMatchObject([{ isComplete: true }])
  }
  await sync.close()
}

/** Ids of messages whose history is not a part of the true one, in its order, or says one status twice in a row. */
async function findHistoryFaults(archive: Archive, { statuses, deleted }: Life): Promise<string[]> {
  const ids = [...statuses.keys(), ...deleted].map(String)
  const records = await archive.records('shop', ids)
  return [...records].flatMap(([id, { statusHistory, deletedAt }]) => {
    const told = statusHistory.map(({ status }) => status?.toLowerCase() ?? '')
    const truth = statuses.get(Number(id)) ?? told
    const repeats = told.some((status, index) => index > 0 && status === told[index - 1])
    const isMarked = (deletedAt !== null) === deleted.has(Number(id))
    return repeats || !isPart(told, truth) || !isMarked
      ? [`${id}: ${told.join(' ')} of ${truth.join(' ')}`]
      : []
  })
}

function isPart(told: readonly string[], truth: readonly string[]): boolean {
  let next = 0
  for (const status of truth) if (status === told[next]) next += 1
  return next === told.length
}
