import { setTimeout as delay } from 'node:timers/promises'
import type { OctopodsRow, RequestRecord } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createSync, openArchive, type SyncEvent } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { octoRow, octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'

const RATE_LIMIT = { requests: 20, perSeconds: 1 }
const SHARE = 15
const HOUR_MS = 3_600_000

/** The highest number of requests in a span that came up to any of them, counted from the beginning. */
function highestRate(log: readonly RequestRecord[], begunAt: number, spanMs = 1000): number {
  const rates = log.map(({ time }, index) => (index + 1) / (Math.floor((time - begunAt) / spanMs) + 1))
  return Math.max(...rates)
}

describe.each(ENGINES)('$engine: the rate limit of a source', ({ createPlace }) => {
  it('leaves a quarter to others while messages are asked for by id, and polls go on', async () => {
    const { archive } = await openOwn(createPlace)
    const sentAt = Date.now() - HOUR_MS
    const rows = octoRows(100, 1, sentAt).map((row) => ({ ...row, status: 'SENT' as const }))
    const poll = { minPollMs: 500, maxPollMs: 500, rateLimit: RATE_LIMIT }
    const { emulator, source } = await startOcto({ rows }, poll)
    let past = sentAt + HOUR_MS / 4
    const before = createSync({ archive, sources: [source], now: () => past })
    await before.once()
    for (const row of octoRows(100, 101, past)) emulator.table.insert({ ...row, status: 'READ' })
    past += HOUR_MS / 4
    await before.once()
    await before.close()
    emulator.log.length = 0
    const begunAt = Date.now()
    const sync = createSync({ archive, sources: [source] })
    const stop = new AbortController()
    const watched = sync.watch(stop.signal)
    const asked = (): number => emulator.log.filter(({ path }) => /\d$/.test(path)).length
    while (asked() < 100) await delay(20)
    stop.abort()
    await watched
    expect(highestRate(emulator.log, begunAt)).toBeLessThanOrEqual(SHARE)
    const between = emulator.log.slice(
      0,
      emulator.log.findLastIndex(({ path }) => /\d$/.test(path)),
    )
    expect(between.filter(({ path }) => path.endsWith('messages')).length).toBeGreaterThan(3)
    await sync.close()
  })

  it('is kept while the whole history is read', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(3000) }, { rateLimit: RATE_LIMIT })
    const sync = createSync({ archive, sources: [source] })
    const begunAt = Date.now()
    expect(await sync.once()).toMatchObject([{ added: 3000, isComplete: true }])
    expect(highestRate(emulator.log, begunAt)).toBeLessThanOrEqual(RATE_LIMIT.requests)
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })

  it('is one for all processes that take turns', async () => {
    const { archive, url } = await openOwn(createPlace)
    const rateLimit = { requests: 20, perSeconds: 2 }
    const { emulator, source } = await startShop({ rows: shopRows(3000) }, { rateLimit })
    const other = await openArchive({ url })
    let stop = new AbortController()
    // Each does one step, then the other one has its turn.
    const onEvent = (): void => stop.abort()
    const syncs = [archive, other].map((each) => createSync({ archive: each, sources: [source], onEvent }))
    const begunAt = Date.now()
    for (let turn = 0; (await archive.status('shop')).messageCount < 3000; turn += 1) {
      stop = new AbortController()
      await syncs[turn % 2]?.once(undefined, stop.signal).catch(() => undefined)
    }
    expect(highestRate(emulator.log, begunAt, 2000)).toBeLessThanOrEqual(rateLimit.requests)
    for (const sync of syncs) await sync.close()
    await other.close()
  })

  it('that is too low for the traffic is reported before the first message is missed, and again when it suffices', async () => {
    const { archive } = await openOwn(createPlace)
    // Two a second, of which nothing has to be asked for by id.
    const row = (id: number): OctopodsRow => octoRow(id, NOON + (id - 100) * 500, { status: 'READ' })
    const rows = Array.from({ length: 100 }, (_, index) => row(index + 1))
    const { emulator, source } = await startOcto({ rows }, { rateLimit: { requests: 1, perSeconds: 60 } })
    const kinds: SyncEvent['kind'][] = []
    let now = NOON
    const onEvent = ({ kind }: SyncEvent): unknown => kinds.push(kind)
    const sync = createSync({ archive, sources: [source], now: () => now, onEvent })
    await sync.once()
    // It comes as it came before: 160 messages until the next poll that is allowed.
    for (let id = 101; id <= 260; id += 1) emulator.table.insert(row(id))
    now += 80_000
    await sync.once()
    now += 30 * 24 * HOUR_MS
    emulator.table.insert({ ...row(261), createdAt: now })
    await sync.once()
    const told = kinds.filter((kind) => kind !== 'synced')
    expect(told).toEqual(['behind', 'gap', 'kept-up'])
    await sync.close()
  })
})
