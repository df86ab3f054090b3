import { describe, expect, it } from 'vitest'
import { createSync, openArchive, type SyncEvent } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { NOON, shopRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

describe.each(ENGINES)(
  '$engine: a source that is taken over in the middle of a step',
  ({ createPlace, runSql }) => {
    it('gets nothing of that step, and the loser reports it and continues by itself', async () => {
      const { archive, url } = await openOwn(createPlace)
      const other = await openArchive({ url })
      const { emulator, source } = await startOcto(
        { rows: octoRows(10, 1, NOON) },
        { minPollMs: 100, maxPollMs: 100 },
      )
      const events: SyncEvent[] = []
      const stop = new AbortController()
      const stored: number[] = []
      const onEvent = (event: SyncEvent): void => {
        events.push(event)
        if (event.kind === 'synced') stop.abort()
      }
      // As long as the loser seems dead: its lease is renewed only when the other one has it already.
      const sync = createSync({ archive, sources: [source], leaseTtlMs: 60_000, onEvent })
      const away = emulator.onSelected(async () => {
        away()
        await runSql(url, "update leases set expires_at = 1 where source = 'octo'")
        const taken = await storeOf(other).acquire('octo', 'another', 60_000)
        if (taken === null) throw new Error('The lease could not be taken')
        setTimeout(() => void storeOf(other).release(taken), 500)
      })
      const watched = sync.watch(stop.signal)
      while (!events.some(({ kind }) => kind === 'lease-lost')) {
        stored.push((await storeOf(archive).span('octo')).count)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      expect(new Set(stored)).toEqual(new Set([0]))
      expect(await storeOf(archive).checkpoint('octo', 'window')).toBeNull()
      await watched
      expect(events.map(({ kind }) => kind)).toEqual(['lease-lost', 'synced'])
      expect((await storeOf(archive).span('octo')).count).toBe(10)
      expect((await archive.status('octo')).lastError).toBeNull()
      await sync.close()
      await other.close()
    })

    it('is left at once by a loser that learns of it while it waits for the upstream', async () => {
      const { archive, url } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(30) })
      const events: SyncEvent[] = []
      const stop = new AbortController()
      const sync = createSync({
        archive,
        sources: [source],
        leaseTtlMs: 400,
        onEvent: (event) => {
          events.push(event)
          if (event.kind === 'lease-lost') stop.abort()
        },
      })
      emulator.faults.next({ kind: 'hang' })
      emulator.onRequest(() =>
        runSql(url, "update leases set holder = 'another', token = 9 where source = 'shop'"),
      )
      await sync.watch(stop.signal)
      expect(events).toEqual([{ kind: 'lease-lost', source: 'shop' }])
      // The request was broken off, perhaps before its fault began.
      expect(emulator.log).toMatchObject([{ status: null }])
      expect(await storeOf(archive).span('shop')).toMatchObject({ count: 0 })
      await sync.close()
    })
  },
)
