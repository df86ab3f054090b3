import type { RequestRecord } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createSync, type SyncEvent } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { octoRow, octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'

const MINUTE_MS = 60_000

/** A clock that goes on by so much with every request: an upstream that takes its time, without waiting for it. */
function slowClock(
  msPerRequest: number,
  from: number,
): { now(): number; tick(): void; skip(ms: number): void } {
  let time = from
  return {
    now: () => time,
    tick: () => void (time += msPerRequest),
    skip: (ms) => void (time += ms),
  }
}

describe.each(ENGINES)('$engine: polls that take longer than their interval', ({ createPlace }) => {
  it('do not keep the whole history from being read', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop(
      { rows: shopRows(1500), latencyMs: 80 },
      { minPollMs: 50, maxPollMs: 50 },
    )
    const kinds: SyncEvent['kind'][] = []
    const stop = new AbortController()
    const onEvent = (event: SyncEvent): void => {
      kinds.push(event.kind)
      if (kinds.length > 60 || (event.kind === 'history' && event.isDone)) stop.abort()
    }
    const sync = createSync({ archive, sources: [source], onEvent })
    await sync.watch(stop.signal)
    const polls = kinds.filter((kind) => kind === 'synced').length
    const slices = kinds.filter((kind) => kind === 'history').length
    expect(slices).toBe(3)
    expect(polls).toBeLessThanOrEqual(slices + 1)
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })

  it('do not keep a sync that runs once from coming to its end', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop(
      { rows: shopRows(700) },
      { minPollMs: 5000, maxPollMs: 5000 },
    )
    const clock = slowClock(6000, Date.now())
    emulator.onRequest(() => clock.tick())
    const sync = createSync({ archive, sources: [source], now: clock.now })
    expect(await sync.once()).toMatchObject([{ added: 700, isComplete: true }])
    await sync.close()
  })

  it('leave room for asking by id, unless more than half of the window is new by then', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto(
      { rows: [octoRow(1, NOON - 1000)] },
      { minPollMs: 5000, maxPollMs: 5000 },
    )
    const clock = slowClock(0, NOON)
    const sync = createSync({ archive, sources: [source], now: clock.now })
    await sync.once()
    for (const row of octoRows(100, 2, NOON + 1000)) emulator.table.insert({ ...row, status: 'READ' })
    clock.skip(2 * MINUTE_MS)
    await sync.once()
    emulator.table.update(1, { status: 'READ' })
    clock.skip(2 * MINUTE_MS)
    emulator.log.length = 0
    const slow = await watchSlowly(6000, 3)
    expect(slow).toEqual(['list', 'get 1', 'list'])
    expect((await archive.records('octo', ['1'])).get('1')?.statusHistory.at(-1)?.status).toBe('READ')
    await sync.close()

    async function watchSlowly(msPerRequest: number, requests: number): Promise<string[]> {
      const stop = new AbortController()
      emulator.onRequest(() => {
        clock.skip(msPerRequest)
        if (emulator.log.length > requests) stop.abort()
      })
      await sync.watch(stop.signal)
      return emulator.log.slice(0, requests).map(described)
    }
  })
})

function described({ path }: RequestRecord): string {
  const id = /messages\/(\d+)$/.exec(path)?.[1]
  return id === undefined ? 'list' : `get ${id}`
}
