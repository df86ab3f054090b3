import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createSync } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { createLife } from '../support/living-shop.js'
import { openOwn } from '../support/own-archive.js'
import { startSyncProcess } from '../support/processes.js'
import { archivedRows, shopRows, upstreamRows } from '../support/shop-rows.js'
import { seeded } from '../support/traffic.js'
import { startShop } from '../support/upstreams.js'

const ROWS = 20_000
const KILLS = 30

describe.each(ENGINES)('$engine: a process that is killed at any instant', ({ createPlace }) => {
  it(`leaves an archive that equals the upstream in the end, after ${KILLS} times`, async () => {
    const { archive, url } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS), tableOptions: { ties: 'shuffle' } })
    const live = createLife(emulator, 7)
    const life = setInterval(() => live(4), 25)
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
      clearInterval(life)
    }
    const sync = createSync({ archive, sources: [source] })
    const reached = (await archive.store.span('shop')).count
    expect(reached).toBeGreaterThan(1000)
    expect(await sync.once()).toMatchObject([{ isComplete: true }])
    console.info(`${reached} of ${emulator.table.size} rows were stored when the last process was killed.`)
    const stored = await archivedRows(archive)
    expect(stored.size).toBe(emulator.table.size)
    expect(stored).toEqual(upstreamRows(emulator))
    expect(await archive.store.coverage('shop')).toEqual({
      coverage: [{ from: 0, to: expect.any(Number) }],
      gaps: [],
    })
    await sync.close()
  }, 300_000)
})
