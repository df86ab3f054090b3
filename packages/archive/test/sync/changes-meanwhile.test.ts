import { describe, expect, it } from 'vitest'
import { createSync, type SyncEvent } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

const ROWS = 1500

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

describe.each(ENGINES)('$engine: messages that change', ({ createPlace }) => {
  it('are all met in both directions, wherever the first of them stands', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(900) })
    const sync = createSync({ archive, sources: [source] })
    await sync.once()
    const touch = (id: number, order: number): void =>
      void emulator.table.update(id, { status: 'read', isRead: true, updatedAt: NOON + 1_000_000 + order })
    for (let id = 300; id < 700; id += 1) touch(id, id)
    // The latest change of one direction is that of its oldest message.
    touch(1, 1000)
    expect(await sync.once()).toMatchObject([{ changed: 401, isComplete: true }])
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })

  it('while the history is read are not overwritten by a page that came before the change', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS) })
    let steps = 0
    let clock = Date.now()
    const sync = createSync({
      archive,
      sources: [source],
      now: () => clock,
      onEvent: ({ kind }) => {
        if (kind !== 'history') return
        steps += 1
        // A poll is due between any two steps.
        clock += source.poll.maxPollMs
        if (steps > 1) return
        // Rows that the last page of this step brought and the next step takes in, and behind them many others.
        const changed = [...range(971, 1000), ...range(1, 400)]
        for (const [order, id] of changed.entries())
          emulator.table.update(id, { status: 'read', isRead: true, updatedAt: NOON + 10_000_000 + order })
      },
    })
    await sync.once()
    expect(steps).toBeGreaterThan(2)
    clock += source.poll.maxPollMs
    await sync.once()
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })

  it('are all met after a restart, though all that were read before it have changed again', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(900) })
    const before = createSync({ archive, sources: [source] })
    await before.once()
    let order = NOON + 1_000_000
    const touch = (id: number, status: 'delivered' | 'read'): void =>
      void emulator.table.update(id, { status, updatedAt: (order += 1) })
    for (const id of range(200, 800)) touch(id, 'read')
    const stop = new AbortController()
    let steps = 0
    // The head of the list, which begins the pass, and a page that it has to go on behind.
    const onEvent = ({ kind }: SyncEvent): void => {
      if (kind === 'changes' && (steps += 1) === 2) stop.abort()
    }
    const killed = createSync({ archive, sources: [source], onEvent })
    await expect(killed.once(undefined, stop.signal)).rejects.toThrow('aborted')
    for (const id of range(500, 800)) touch(id, 'delivered')
    const after = createSync({ archive, sources: [source] })
    await after.once()
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    for (const sync of [before, killed, after]) await sync.close()
  })

  it('are all met after a restart, though all that were read before it are gone', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(900), totals: false })
    const before = createSync({ archive, sources: [source] })
    await before.once()
    for (const id of range(200, 800))
      emulator.table.update(id, { status: 'read', updatedAt: NOON + 1_000_000 + id })
    const stop = new AbortController()
    let steps = 0
    // The head of the list, which begins the pass, and a page that it has to go on behind.
    const onEvent = ({ kind }: SyncEvent): void => {
      if (kind === 'changes' && (steps += 1) === 2) stop.abort()
    }
    const killed = createSync({ archive, sources: [source], onEvent })
    await expect(killed.once(undefined, stop.signal)).rejects.toThrow('aborted')
    for (const id of range(500, 800)) emulator.table.delete(id)
    const after = createSync({ archive, sources: [source] })
    await after.once()
    const archived = await archivedRows(archive)
    expect(
      [...upstreamRows(emulator)].filter(([id, row]) => archived.get(id)?.status !== row.status),
    ).toEqual([])
    for (const sync of [before, killed, after]) await sync.close()
  })

  it('all at once while the history is read are met behind those that it brought as they are by then', async () => {
    const { archive } = await openOwn(createPlace)
    const rows = shopRows(3000).map((row) => ({ ...row, direction: 'outbound' as const }))
    const { emulator, source } = await startShop({ rows })
    let clock = Date.now()
    let steps = 0
    const onEvent = ({ kind }: SyncEvent): void => {
      if (kind !== 'history' || (steps += 1) !== 2) return
      // What was read already is touched first, so it stands behind what is read from now on.
      for (const id of range(1, 3000).toReversed())
        emulator.table.update(id, { status: 'read', updatedAt: NOON + 10_000_000 - id })
    }
    const sync = createSync({ archive, sources: [source], now: () => (clock += 1), onEvent })
    await sync.once()
    clock += source.poll.maxPollMs
    await sync.once()
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })
})
