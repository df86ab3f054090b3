import type { Fault } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createSync, type SyncEvent } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { octoRow, octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

/** One comes every five seconds, for ten minutes. */
const READERS = 120
const READER_MS = 5000

/** What goes wrong, and how often an upstream is asked in ten minutes of it. */
const TROUBLES = [
  { fault: { kind: 'status', status: 500 }, code: 'UPSTREAM_UNAVAILABLE', requests: 15 },
  { fault: { kind: 'status', status: 429 }, code: 'UPSTREAM_RATE_LIMITED', requests: 15 },
  {
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' } },
    code: 'UPSTREAM_RATE_LIMITED',
    requests: 5,
  },
  { fault: { kind: 'status', status: 401 }, code: 'UPSTREAM_UNAUTHORIZED', requests: 10 },
  { fault: { kind: 'truncatedJson' }, code: 'UPSTREAM_INVALID_RESPONSE', requests: 10 },
  { fault: { kind: 'reset' }, code: 'UPSTREAM_UNAVAILABLE', requests: 15 },
  { fault: { kind: 'hang' }, code: 'UPSTREAM_TIMEOUT', requests: 15 },
] as const satisfies readonly { fault: Fault; code: string; requests: number }[]

describe.each(ENGINES)('$engine: an upstream that fails', ({ createPlace }) => {
  it.each(TROUBLES)(
    'with $fault.kind $fault.status $fault.headers is not hammered, and is continued by itself',
    async ({ fault, code, requests }) => {
      const { archive } = await openOwn(createPlace)
      // Long enough for a slow machine, where only what hangs has to come to its end.
      const always = { maxStalenessMs: 0, ...(fault.kind === 'hang' ? { attemptTimeoutMs: 300 } : {}) }
      const octo = await startOcto({ rows: octoRows(10, 1, NOON) }, always)
      const shop = await startShop({ rows: shopRows(20) }, { maxStalenessMs: 0 })
      let now = NOON
      const sources = [octo.source, shop.source]
      const sync = createSync({ archive, sources, now: () => now, refreshTimeoutMs: 60_000 })
      await sync.once()
      octo.emulator.table.insert(octoRow(11, NOON + 1000))
      octo.emulator.log.length = 0
      octo.emulator.faults.when(() => true, fault)
      for (let reader = 1; reader <= READERS; reader += 1) {
        now += READER_MS
        await sync.refresh('octo')
      }
      // Of what hangs, one may have ended before it reached the upstream.
      expect(octo.emulator.log.length).toBeLessThanOrEqual(requests)
      expect(octo.emulator.log.length).toBeGreaterThanOrEqual(fault.kind === 'hang' ? requests - 3 : requests)
      expect((await archive.status('octo')).lastError).toMatchObject({ code })

      shop.emulator.table.insert(shopRow(21))
      await sync.refresh('shop')
      expect((await archive.status('shop')).lastError).toBeNull()
      expect((await storeOf(archive).span('shop')).count).toBe(21)

      octo.emulator.faults.clear()
      now += 120_000
      await sync.refresh('octo')
      expect((await archive.status('octo')).lastError).toBeNull()
      expect((await storeOf(archive).span('octo')).count).toBe(11)
      await sync.close()
    },
  )

  it('for one task alone stops no other task, and is reported until that task has succeeded', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(1500) }, { minPollMs: 100, maxPollMs: 100 })
    const stop = new AbortController()
    const failed: (SyncEvent & { kind: 'failed' })[] = []
    const times: number[] = []
    let polls = 0
    let isBroken = false
    const onEvent = (event: SyncEvent): void => {
      if (event.kind === 'synced') polls += 1
      if (event.kind === 'history') {
        // From now on all pages but the first ones fail.
        if (!isBroken)
          emulator.faults.when(({ params }) => params['page'] !== '1', { kind: 'status', status: 500 })
        isBroken = true
        if (event.isDone) stop.abort()
      }
      if (event.kind !== 'failed') return
      failed.push(event)
      times.push(Date.now())
    }
    const sync = createSync({ archive, sources: [source], onEvent })
    const watched = sync.watch(stop.signal)
    await expect.poll(() => failed.length >= 2 && polls >= 5).toBe(true)
    expect((await archive.status('shop')).lastError).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
    for (const [index, { retryAt }] of failed.slice(0, -1).entries()) {
      expect(times[index + 1]).toBeGreaterThanOrEqual(retryAt)
    }
    emulator.faults.clear()
    await watched
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    const last = createSync({ archive, sources: [source] })
    await last.once()
    expect((await archive.status('shop')).lastError).toBeNull()
    await last.close()
    await sync.close()
  })
})
