import type { Message, MessageDetail } from '@waybill/core'
import type { WacrEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { type Archive, createSync, type SyncEvent, type SyncSource } from '../../../src/index.js'
import { storeOf } from '../../../src/open/archive.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { NOON, shopRow, shopRows } from '../../support/shop-rows.js'
import { startShop } from '../../support/upstreams.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const START = NOON + 5 * MINUTE_MS
const LOST = { status: 'failed', statusMessage: '131026: Message undeliverable' }

/** Syncs once, and says which messages it asked for by id, in that order. */
async function syncAt(archive: Archive, source: SyncSource, at: number): Promise<string[]> {
  const asked: string[] = []
  const { provider } = source
  const noting = {
    ...provider,
    get: async (id: string, call?: Parameters<NonNullable<typeof provider.get>>[1]) => {
      asked.push(id)
      return (await provider.get?.(id, call)) ?? null
    },
  }
  const sync = createSync({ archive, sources: [{ ...source, provider: noting }], now: () => at })
  await sync.once()
  await sync.close()
  return asked
}

async function failureOf(archive: Archive, id: string): Promise<Message['failure'] | undefined> {
  return (await storeOf(archive).stored('shop', [id])).get(id)?.message.failure
}

async function detailOf(archive: Archive, id: string): Promise<MessageDetail | null | undefined> {
  return (await archive.records('shop', [id])).get(id)?.detail
}

/** How many requests for single messages arrived, or for one of them. */
function requestsFor({ log }: WacrEmulator, id = String.raw`\d+`): number {
  const pattern = new RegExp(`/messages/${id}$`)
  return log.filter(({ path }) => pattern.test(path)).length
}

describe.each(ENGINES)(
  '$engine: a message that failed for a reason that no list shows',
  ({ createPlace }) => {
    it('is requested once, the newest first, and its reason stays when lists show it again', async () => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(40) })
      emulator.table.update(7, LOST)
      emulator.table.update(30, { status: 'failed', statusMessage: null })
      emulator.table.update(9, { status: 'read', statusMessage: 'Seen' })
      expect(await syncAt(archive, source, START)).toEqual(['30', '7'])
      expect(await failureOf(archive, '7')).toEqual({ code: null, reason: LOST.statusMessage })
      expect(await failureOf(archive, '30')).toBeNull()
      expect(await detailOf(archive, '7')).toMatchObject({ statusMessage: LOST.statusMessage })
      expect(await detailOf(archive, '9')).toBeNull()
      // Its list shows it again and again, without the reason.
      emulator.table.update(7, { isRead: true })
      expect(await syncAt(archive, source, START + 10 * MINUTE_MS)).toEqual([])
      expect(await syncAt(archive, source, START + 40 * DAY_MS)).toEqual([])
      expect(await failureOf(archive, '7')).toEqual({ code: null, reason: LOST.statusMessage })
    })

    it('is requested again when its status changes', async () => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(10) })
      emulator.table.update(4, LOST)
      expect(await syncAt(archive, source, START)).toEqual(['4'])
      emulator.table.update(4, { status: 'delivered', statusMessage: 'Sent again' })
      expect(await syncAt(archive, source, START + 10 * MINUTE_MS)).toEqual(['4'])
      expect(await failureOf(archive, '4')).toBeNull()
      expect(await detailOf(archive, '4')).toMatchObject({ statusMessage: 'Sent again' })
      emulator.table.update(4, { ...LOST, statusMessage: 'Lost again' })
      expect(await syncAt(archive, source, START + 20 * MINUTE_MS)).toEqual(['4'])
      expect(await failureOf(archive, '4')).toEqual({ code: null, reason: 'Lost again' })
    })

    it('is requested in the archive of a sync that never asked, as its share of the rate limit allows', async () => {
      const { archive } = await openOwn(createPlace)
      const rows = Array.from({ length: 60 }, (_, index) => shopRow(index + 1, LOST))
      const rateLimit = { requests: 80, perSeconds: 60 }
      const { emulator, source } = await startShop({ rows }, { rateLimit })
      expect(await syncAt(archive, { ...source, detailShare: 0 }, START)).toEqual([])
      // Three quarters of 80 are the sync's, and a quarter of these may ask: 15 in a minute, ten at once.
      const first = await syncAt(archive, source, START + 2 * MINUTE_MS)
      expect(first).toEqual(Array.from({ length: 10 }, (_, index) => String(60 - index)))
      // Another process goes on where that one ended, within what both may ask together.
      expect(await syncAt(archive, source, START + 2 * MINUTE_MS + 1000)).toEqual([])
      expect((await syncAt(archive, source, START + 4 * MINUTE_MS))[0]).toBe('50')
      expect(requestsFor(emulator)).toBe(20)
      for (let minutes = 6; minutes < 14; minutes += 2)
        await syncAt(archive, source, START + minutes * MINUTE_MS)
      expect(requestsFor(emulator)).toBe(60)
      expect(await storeOf(archive).nextWantedDetail('shop')).toBeNull()
      expect(await failureOf(archive, '1')).toEqual({ code: null, reason: LOST.statusMessage })
    })

    it('is not requested for ever where the request fails, and keeps no other from being requested', async () => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(30) })
      for (const id of [3, 4, 5]) emulator.table.update(id, LOST)
      // One that only the list has, and one that the upstream fails for.
      emulator.faults.when(({ path }) => path.endsWith('/messages/5'), { kind: 'status', status: 404 })
      emulator.faults.when(({ path }) => path.endsWith('/messages/4'), { kind: 'status', status: 500 })
      expect(await syncAt(archive, source, START)).toEqual(['5', '4', '3'])
      expect(await failureOf(archive, '3')).toEqual({ code: null, reason: LOST.statusMessage })
      for (let day = 1; day < 13; day += 1) await syncAt(archive, source, START + day * DAY_MS)
      expect(await storeOf(archive).nextWantedDetail('shop')).toBeNull()
      expect(await syncAt(archive, source, START + 25 * DAY_MS)).toEqual([])
      expect(requestsFor(emulator, '5')).toBe(1)
      expect(requestsFor(emulator, '4')).toBe(12)
      expect((await storeOf(archive).stored('shop', ['5'])).get('5')?.deleted).toBe(false)
    })

    it('is put off while the upstream refuses, and given up after some attempts', async () => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(5) })
      emulator.table.update(3, LOST)
      const events: SyncEvent[] = []
      emulator.faults.when(({ path }) => path.endsWith('/messages/3'), { kind: 'status', status: 422 })
      const at = { now: START }
      const sync = createSync({
        archive,
        sources: [source],
        now: () => at.now,
        onEvent: (event) => events.push(event),
      })
      for (let day = 0; day < 7; day += 1) {
        await sync.once()
        at.now += DAY_MS
      }
      await sync.close()
      expect(requestsFor(emulator, '3')).toBe(6)
      expect(events.filter(({ kind }) => kind === 'synced').length).toBeGreaterThanOrEqual(7)
    })
  },
)
