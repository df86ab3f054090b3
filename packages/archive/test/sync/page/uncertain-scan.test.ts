import type { WacrEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { type Archive, createSync, type SyncEvent, type SyncSource } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../../support/shop-rows.js'
import { startShop } from '../../support/upstreams.js'

const HOUR_MS = 3_600_000
const TOUCHED = NOON + 10_000_000

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** Ends the process when it has done so many steps towards what changed. */
async function killAfter(steps: number, archive: Archive, source: SyncSource): Promise<void> {
  const stop = new AbortController()
  let done = 0
  const onEvent = ({ kind }: SyncEvent): void => {
    if (kind === 'changes' && (done += 1) === steps) stop.abort()
  }
  const sync = createSync({ archive, sources: [source], onEvent })
  await expect(sync.once(undefined, stop.signal)).rejects.toThrow('aborted')
  await sync.close()
}

async function once(archive: Archive, source: SyncSource): Promise<void> {
  const sync = createSync({ archive, sources: [source] })
  expect(await sync.once()).toMatchObject([{ isComplete: true }])
  await sync.close()
}

/** Ids of rows that the archive has not, or not as they are. */
async function stale(archive: Archive, emulator: WacrEmulator): Promise<string[]> {
  const archived = await archivedRows(archive)
  const isStale = ([id, row]: [string, { readonly status: string | null }]): boolean =>
    archived.get(id)?.status !== row.status
  return [...upstreamRows(emulator)].filter(isStale).map(([id]) => id)
}

describe.each(ENGINES)('$engine: a pass over what changed', ({ createPlace }) => {
  it('begins again where all that its cursor remembers is deleted', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(900), totals: false })
    await once(archive, source)
    for (const id of range(1, 890)) emulator.table.update(id, { status: 'read', updatedAt: TOUCHED + id })
    // The head, and a page of inbound messages: down to 591.
    await killAfter(2, archive, source)
    for (const id of range(468, 708)) if (id % 3 === 0) emulator.table.delete(id)
    await once(archive, source)
    expect(await stale(archive, emulator)).toEqual([])
  })

  it('takes rows that were touched while it read the other direction for no proof', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(900) })
    await once(archive, source)
    const touch = (ids: readonly number[], from: number, status: string): void => {
      for (const [order, id] of ids.entries()) emulator.table.update(id, { status, updatedAt: from + order })
    }
    const inbound = range(1, 900).filter((id) => id % 3 === 0)
    const outbound = range(1, 900).filter((id) => id % 3 !== 0)
    touch([...inbound.slice(0, 80), ...outbound.slice(0, 80)], TOUCHED, 'read')
    // The head, and the inbound messages to their end.
    await killAfter(2, archive, source)
    touch(inbound.slice(200, 210), TOUCHED + 10_000, 'read')
    touch(outbound.slice(300, 450), TOUCHED + 20_000, 'read')
    await once(archive, source)
    await once(archive, source)
    expect(await stale(archive, emulator)).toEqual([])
  })

  it('that met more changes of one time than it can be certain of is made up for by a comparison an hour later', async () => {
    const { archive } = await openOwn(createPlace)
    const rows = shopRows(2000).map((row) => ({ ...row, direction: 'outbound' as const }))
    const { emulator, source } = await startShop({ rows, tableOptions: { ties: 'shuffle' } })
    let clock = Date.now()
    let sweeps = 0
    const onEvent = (event: SyncEvent): void => {
      if (event.kind === 'history' && event.purpose === 'reconcile' && event.isDone) sweeps += 1
    }
    const sync = createSync({ archive, sources: [source], now: () => (clock += 1), onEvent })
    await sync.once()
    for (const id of range(1, 1500)) emulator.table.update(id, { status: 'read', updatedAt: TOUCHED })
    await sync.once()
    expect(sweeps).toBe(0)
    clock += HOUR_MS
    await sync.once()
    expect(sweeps).toBe(1)
    expect(await stale(archive, emulator)).toEqual([])
    clock += HOUR_MS
    await sync.once()
    expect(sweeps).toBe(1)
    await sync.close()
  })
})
