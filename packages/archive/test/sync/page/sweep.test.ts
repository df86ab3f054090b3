import type { WacrEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { type Archive, createSync, type SyncEvent } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../../support/shop-rows.js'
import { type Upstream, startShop } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const ROWS = 700
/** When the messages are older than what is compared every night. */
const START = NOON + 30 * DAY_MS

interface Syncing {
  at(time: number): Promise<void>
  /** Whether everything was compared again, since that was asked last. */
  hasSwept(): boolean
  close(): Promise<void>
}

function syncing(archive: Archive, { source }: Upstream<WacrEmulator>): Syncing {
  let now = START
  let sweeps = 0
  const onEvent = (event: SyncEvent): void => {
    if (event.kind === 'history' && event.purpose === 'reconcile' && event.from === 0 && event.isDone)
      sweeps += 1
  }
  const sync = createSync({ archive, sources: [source], now: () => now, onEvent })
  return {
    at: async (time) => {
      now = START + time
      expect(await sync.once()).toMatchObject([{ error: null, isComplete: true }])
    },
    hasSwept: () => {
      const has = sweeps > 0
      sweeps = 0
      return has
    },
    close: () => sync.close(),
  }
}

async function isDeleted(archive: Archive, id: string): Promise<boolean | undefined> {
  return (await storeOf(archive).stored('shop', [id])).get(id)?.deleted
}

describe.each(ENGINES)('$engine: a message that is deleted deep in the past', ({ createPlace }) => {
  it('is found by what the upstream counts: after some hours, at the cost of one reading', async () => {
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(ROWS) })
    const sync = syncing(archive, shop)
    await sync.at(0)
    shop.emulator.table.delete(50)
    await sync.at(MINUTE_MS)
    await sync.at(2 * MINUTE_MS)
    expect([sync.hasSwept(), await isDeleted(archive, '50')]).toEqual([false, false])
    await sync.at(6 * HOUR_MS + 3 * MINUTE_MS)
    expect([sync.hasSwept(), await isDeleted(archive, '50')]).toEqual([true, true])
    expect(await archivedRows(archive)).toEqual(upstreamRows(shop.emulator))
    await sync.at(6 * HOUR_MS + 10 * MINUTE_MS)
    await sync.at(9 * DAY_MS)
    expect(sync.hasSwept()).toBe(false)
    await sync.close()
  })

  it('is found within a week where the upstream does not count', async () => {
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(ROWS), totals: false })
    const sync = syncing(archive, shop)
    await sync.at(0)
    shop.emulator.table.delete(50)
    await sync.at(6 * DAY_MS)
    expect([sync.hasSwept(), await isDeleted(archive, '50')]).toEqual([false, false])
    await sync.at(8 * DAY_MS)
    expect([sync.hasSwept(), await isDeleted(archive, '50')]).toEqual([true, true])
    await sync.close()
  })

  it('is found within a week where the upstream does not count any more', async () => {
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(ROWS) })
    const sync = syncing(archive, shop)
    await sync.at(0)
    await sync.at(MINUTE_MS)
    shop.emulator.settings.totals = false
    shop.emulator.table.delete(50)
    await sync.at(6 * DAY_MS)
    expect([sync.hasSwept(), await isDeleted(archive, '50')]).toEqual([false, false])
    await sync.at(8 * DAY_MS)
    expect([sync.hasSwept(), await isDeleted(archive, '50')]).toEqual([true, true])
    await sync.close()
  })

  it('is not believed because lists lack it: only the request for it decides, whenever that succeeds', async () => {
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(ROWS) })
    const { emulator, source } = shop
    const sync = syncing(archive, shop)
    await sync.at(0)
    emulator.table.delete(690)
    emulator.faults.when(({ path }) => path.endsWith('/690'), { kind: 'status', status: 500 }, 1)
    const failing = createSync({ archive, sources: [source], now: () => START + MINUTE_MS })
    expect(await failing.once()).toMatchObject([{ deleted: 0, error: { code: 'UPSTREAM_UNAVAILABLE' } }])
    expect(await isDeleted(archive, '690')).toBe(false)
    await sync.at(7 * MINUTE_MS)
    expect(await isDeleted(archive, '690')).toBe(true)
    expect((await archive.status('shop')).lastError).toBeNull()
    await failing.close()
    await sync.close()
  })

  it('is not, and not asked for any more, once a list has it again', async () => {
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(ROWS), totals: false })
    const sync = syncing(archive, shop)
    const absent = async (): Promise<string[]> =>
      [...(await storeOf(archive).rechecks('shop', ['50', '690'])).keys()].toSorted()
    let hidden: readonly number[] = []
    const change = (body: unknown): unknown => {
      const { data, ...rest } = body as { readonly data: readonly { readonly id: number }[] }
      return { ...rest, data: data.filter(({ id }) => !hidden.includes(id)) }
    }
    shop.emulator.faults.when(({ path }) => path.endsWith('/messages'), { kind: 'mutateBody', change })
    await sync.at(0)
    hidden = [50, 690]
    await sync.at(29 * DAY_MS)
    expect([sync.hasSwept(), await absent()]).toEqual([true, ['50', '690']])
    hidden = []
    await sync.at(29 * DAY_MS + MINUTE_MS)
    expect([sync.hasSwept(), await absent()]).toEqual([false, ['50']])
    await sync.at(58 * DAY_MS)
    expect([sync.hasSwept(), await absent()]).toEqual([true, []])
    expect(await isDeleted(archive, '690')).toBe(false)
    await sync.close()
  })
})
