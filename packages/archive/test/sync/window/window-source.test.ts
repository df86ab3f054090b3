import { describe, expect, it } from 'vitest'
import { createSync, type SyncEvent } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { octoRow, octoRows } from '../../support/octo-rows.js'
import { openOwn } from '../../support/own-archive.js'
import { startOcto } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const NOON = Date.UTC(2026, 3, 24, 12)
const MINUTE_MS = 60_000

describe.each(ENGINES)('$engine: a source that lists its newest messages only', ({ createPlace }) => {
  it('has exactly one gap after a burst that no window could hold, from the last known to the first seen', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(150, 1, NOON - 200_000) })
    const events: SyncEvent[] = []
    let now = NOON
    const sync = createSync({
      archive,
      sources: [source],
      now: () => now,
      onEvent: (event) => events.push(event),
    })
    await sync.once()
    for (const row of octoRows(250, 151, NOON + 10_000)) emulator.table.insert(row)
    now = NOON + 300_000
    await sync.once()
    now = NOON + 330_000
    await sync.once()

    const gap = { from: NOON - 200_000 + 149_000, to: NOON + 10_000 + 150_000 }
    const { coverage, gaps } = await storeOf(archive).coverage('octo')
    expect(gaps).toEqual([{ ...gap, observedAt: NOON + 300_000 }])
    expect(coverage).toEqual([
      { from: NOON - 200_000 + 50_001, to: NOON },
      { from: gap.to + 1, to: NOON + 330_000 },
    ])
    expect(events.filter(({ kind }) => kind === 'gap')).toEqual([
      { kind: 'gap', source: 'octo', cause: 'window', gap },
    ])
    expect(await storeOf(archive).span('octo')).toMatchObject({ count: 200, deletedCount: 0 })
  })

  it.each([
    ['an hour ahead stay', 9, 60 * MINUTE_MS, 250, 'stays'],
    ['twenty hours ahead stay', 9, 20 * 60 * MINUTE_MS, 250, 'stays'],
    ['a year ahead stay', 9, 365 * 24 * 60 * MINUTE_MS, 250, 'stays'],
    ['twenty hours ahead are gone by then', 1, 20 * 60 * MINUTE_MS, 250, 'goes'],
  ] as const)(
    'has exactly that one as well where the newest of all are dated ahead: %s',
    async (_name, ahead, byMs, burst, whatBecomes) => {
      const { archive } = await openOwn(createPlace)
      const future = Array.from({ length: ahead }, (_, index) => octoRow(5000 + index, NOON + byMs + index))
      const { emulator, source } = await startOcto({ rows: [...octoRows(90, 1, NOON - 200_000), ...future] })
      let now = NOON
      const sync = createSync({ archive, sources: [source], now: () => now })
      await sync.once()
      if (whatBecomes === 'goes') for (const { messageId } of future) emulator.table.delete(messageId)
      for (const row of octoRows(burst, 1000, NOON + 1000)) emulator.table.insert(row)
      now += 5 * MINUTE_MS
      await sync.once()
      now += 30_000
      await sync.once()
      const listed = 100 - (whatBecomes === 'stays' ? ahead : 0)
      const gap = { from: NOON - 200_000 + 89_000, to: NOON + (burst - listed + 1) * 1000 }
      expect((await storeOf(archive).coverage('octo')).gaps).toEqual([
        { ...gap, observedAt: NOON + 5 * MINUTE_MS },
      ])
    },
  )

  it('has none as long as each window holds what the one before did not', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(30, 1, NOON - 40_000) })
    let now = NOON
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    for (let poll = 0; poll < 5; poll += 1) {
      for (const row of octoRows(60, 31 + poll * 60, now + 1000)) emulator.table.insert(row)
      now += 61_000
      await sync.once()
    }
    expect(await storeOf(archive).coverage('octo')).toEqual({ coverage: [{ from: 0, to: now }], gaps: [] })
    expect(await storeOf(archive).span('octo')).toMatchObject({ count: 330 })
  })

  it.each([1, 2] as const)(
    'is asked for what left the window, until its status is final, in the shape %d',
    async (statusShape) => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startOcto({ rows: [octoRow(1, NOON - 1000)], statusShape })
      let now = NOON
      const sync = createSync({ archive, sources: [source], now: () => now })
      await sync.once()
      for (const row of octoRows(100, 2, NOON + 1000)) emulator.table.insert({ ...row, status: 'READ' })
      now = NOON + 102_000
      await sync.once()
      const seen = [NOON]
      for (const [minutes, status] of [
        [2, 'DELIVERED'],
        [70, 'READ'],
      ] as const) {
        emulator.table.update(1, { status })
        now = NOON + 102_000 + minutes * MINUTE_MS
        seen.push(now)
        await sync.once()
      }
      const record = (await archive.records('octo', ['1'])).get('1')
      expect(record?.statusHistory).toEqual([
        { status: 'SENT', observedAt: seen[0] },
        { status: 'DELIVERED', observedAt: seen[1] },
        { status: 'READ', observedAt: seen[2] },
      ])
      expect((await storeOf(archive).stored('octo', ['1'])).get('1')?.message.text).toBe('Message 1')
      emulator.log.length = 0
      now += 3 * 24 * 60 * MINUTE_MS
      await sync.once()
      expect(emulator.log.map((request) => request.path)).toEqual(['/api/v1/whatsapp/messages'])
    },
  )

  it('decides by asking whether a message that is listed no more was deleted', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(20, 1, NOON - 60_000) })
    let now = NOON
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    emulator.table.delete(7)
    now += MINUTE_MS
    expect(await sync.once()).toMatchObject([{ deleted: 1, changed: 0 }])
    const records = await archive.records('octo', ['6', '7'])
    expect(records.get('7')).toMatchObject({ deletedAt: now })
    expect(records.get('6')).toMatchObject({ deletedAt: null })
    expect(await storeOf(archive).nextDue('octo')).toBeNull()
  })

  it('keeps a message that its list lacks though it exists, and does not ask for it at every poll', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(20, 1, NOON - 60_000) })
    let now = NOON
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    for (let poll = 0; poll < 4; poll += 1) {
      const withoutThird = {
        kind: 'mutateBody',
        change: (body: unknown) => (body as unknown[]).toSpliced(2, 1),
      } as const
      emulator.faults.next(withoutThird)
      now += MINUTE_MS
      await sync.once()
    }
    const asked = emulator.log.filter((request) => request.path.endsWith('/messages/18'))
    expect(asked).toHaveLength(1)
    expect((await archive.records('octo', ['18'])).get('18')?.deletedAt).toBeNull()
  })

  it('reports once that too few polls are allowed, before anything is missed', async () => {
    const { archive } = await openOwn(createPlace)
    const rows = Array.from({ length: 100 }, (_, index) => octoRow(index + 1, NOON - 10_000 + index * 100))
    const { source } = await startOcto({ rows }, { rateLimit: { requests: 1, perSeconds: 60 } })
    const events: SyncEvent[] = []
    let now = NOON
    const sync = createSync({
      archive,
      sources: [source],
      now: () => now,
      onEvent: (event) => events.push(event),
    })
    await sync.once()
    now += 90_000
    await sync.once()
    const told = events.filter(({ kind }) => kind === 'behind')
    expect(told).toEqual([
      {
        kind: 'behind',
        source: 'octo',
        wantedMs: expect.any(Number),
        pollIntervalMs: 80_000,
        limit: 'rateLimit',
      },
    ])
    expect((await storeOf(archive).coverage('octo')).gaps).toEqual([])
  })
})
