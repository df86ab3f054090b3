import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { attend } from '../support/attendance.js'
import { ENGINES } from '../support/engines.js'
import { octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { startSyncProcess } from '../support/processes.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'
import type { ProcessOptions } from '../support/sync-process.js'
import { storeOf } from '../../src/open/archive.js'

const WORKERS = 2
const SHOP_ROWS = 1500

type Upstreams = ProcessOptions['upstreams']

describe.each(ENGINES)('$engine: two workers and three sources', ({ createPlace }) => {
  it('are shared such that each source is asked by one at a time, and all by the one that is left', async () => {
    const { archive, url } = await openOwn(createPlace)
    const octos = await Promise.all(
      ['north', 'south'].map(async (id, index) => {
        const first = await startOcto({ rows: octoRows(30, 1 + index * 1000, NOON) })
        const second = await startOcto({ table: first.emulator.table })
        const credential = first.emulator.settings.apiKey
        return { id, kind: 'octo' as const, credential, emulators: [first.emulator, second.emulator] }
      }),
    )
    const shop = await startShop({ rows: shopRows(SHOP_ROWS) })
    const again = await startShop({ table: shop.emulator.table })
    const shops = {
      id: 'shop',
      kind: 'shop' as const,
      credential: shop.emulator.settings.token,
      emulators: [shop.emulator, again.emulator],
    }
    const sources = [...octos, shops]
    const attendances = sources.map(({ emulators }) => attend(emulators))
    const upstreamsOf = (worker: number): Upstreams =>
      sources.map(({ emulators, ...source }) => ({ ...source, baseUrl: emulators[worker]?.url ?? '' }))
    const workers = await Promise.all(
      Array.from({ length: WORKERS }, (_, worker) =>
        startSyncProcess({ url, upstreams: upstreamsOf(worker), pollMs: 150 }),
      ),
    )
    for (const worker of workers) worker.begin()
    await until(() => attendances.every(({ asked }) => asked.length >= 15))

    await workers[0]?.kill()
    // What it had sent has arrived by then.
    await delay(100)
    for (const attendance of attendances) attendance.forget()
    const before = attendances.map(({ asked }) => asked.length)
    for (const { emulators } of octos) {
      const table = emulators[0]?.table
      for (const row of octoRows(5, 5001, NOON + 60_000)) table?.insert(row)
    }
    shop.emulator.table.insert(shopRow(SHOP_ROWS + 1))
    await until(async () => (await storeOf(archive).span('north')).count === 35)
    await until(async () => (await storeOf(archive).span('south')).count === 35)
    await until(async () => (await storeOf(archive).span('shop')).count === SHOP_ROWS + 1)
    const after = attendances.flatMap(({ asked }, index) => asked.slice(before[index]))
    expect(new Set(after)).toEqual(new Set([1]))
    expect(attendances.map(({ overlaps }) => overlaps)).toEqual([0, 0, 0])
    expect(await archivedRows(archive)).toEqual(upstreamRows(shop.emulator))
    expect(await workers[1]?.stop()).toBe(0)
    expect(workers.map((worker) => worker.errors()).join('')).toBe('')
  })
})

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20)
}
