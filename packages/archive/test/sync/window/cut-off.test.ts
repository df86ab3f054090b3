import type { OctopodsEmulator } from '@waybill/emulators'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Archive, createSync, openArchive, type Sync } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { octoRows } from '../../support/octo-rows.js'
import { openOwn } from '../../support/own-archive.js'
import { type SourceOptions, startOcto } from '../../support/upstreams.js'

const NOON = Date.UTC(2026, 3, 24, 12)
const MINUTE_MS = 60_000

interface Channel {
  readonly emulator: OctopodsEmulator
  readonly archive: Archive
  readonly sync: Sync
  /** Polls at a time. */
  poll(at: number): Promise<void>
  /** Inserts so many messages, the first of them sent at a time, each a second after the one before. */
  send(count: number, from: number): void
}

async function openChannel(archive: Archive, options: SourceOptions = {}): Promise<Channel> {
  const { emulator, source } = await startOcto({}, options)
  let now = NOON
  let lastId = 0
  const sync = createSync({ archive, sources: [source], now: () => now })
  return {
    emulator,
    archive,
    sync,
    poll: async (at) => {
      now = at
      expect(await sync.once()).toMatchObject([{ isComplete: true }])
    },
    send: (count, from) => {
      for (const row of octoRows(count, lastId + 1, from)) emulator.table.insert(row)
      lastId += count
    },
  }
}

function singles({ emulator }: Channel): number {
  return emulator.log.filter(({ path }) => /\/messages\/\d+$/.test(path)).length
}

describe.each(ENGINES)('$engine: a list that its server cuts off', ({ createPlace }) => {
  const open = async (): Promise<Channel> => openChannel((await openOwn(createPlace)).archive)

  it.each([
    ['always', 50, 50, 50],
    ['just after a burst', 100, 50, 100],
    ['just before a burst', 50, 100, 100],
  ])('has exactly one gap after a burst, from the last known to the first seen: %s', async (_, ...limits) => {
    const channel = await open()
    const { emulator, archive, poll, send } = channel
    send(150, NOON - 200_000)
    for (const settled of emulator.table.rows()) emulator.table.update(settled.messageId, { status: 'READ' })
    emulator.settings.maxLimit = limits[0] ?? 0
    await poll(NOON)
    send(10, NOON + 1000)
    await poll(NOON + MINUTE_MS)
    expect((await archive.store.coverage('octo')).gaps).toEqual([])
    send(250, NOON + 2 * MINUTE_MS)
    emulator.settings.maxLimit = limits[1] ?? 0
    await poll(NOON + 7 * MINUTE_MS)
    emulator.settings.maxLimit = limits[2] ?? 0
    await poll(NOON + 8 * MINUTE_MS)
    const gap = { from: NOON + 10_000, to: NOON + 2 * MINUTE_MS + (250 - (limits[1] ?? 0)) * 1000 }
    const { gaps } = await archive.store.coverage('octo')
    expect(gaps).toEqual([{ ...gap, observedAt: NOON + 7 * MINUTE_MS }])
  })

  it('is found to be by a single request, and not asked about again', async () => {
    const channel = await open()
    const { emulator, poll, send } = channel
    emulator.settings.maxLimit = 50
    for (let minute = 0; minute < 6; minute += 1) {
      send(minute === 0 ? 60 : 5, NOON + minute * MINUTE_MS - 60_000)
      for (const { messageId } of emulator.table.rows()) emulator.table.update(messageId, { status: 'READ' })
      await poll(NOON + minute * MINUTE_MS)
    }
    expect(singles(channel)).toBe(1)
  })

  it('has its messages asked for by id when they have left it, not as if they might be deleted', async () => {
    const channel = await open()
    const { emulator, archive, poll, send } = channel
    emulator.settings.maxLimit = 20
    send(20, NOON - 60_000)
    await poll(NOON)
    send(15, NOON + 1000)
    await poll(NOON + MINUTE_MS)
    const ids = Array.from({ length: 15 }, (_, index) => String(index + 1))
    const reasons = async (): Promise<string[]> =>
      [...(await archive.store.settlements('octo', ids)).values()].map(({ reason }) => reason)
    expect(await reasons()).toEqual(ids.map(() => 'final'))
    // Nothing came since that could be lacking now.
    await poll(NOON + 2 * MINUTE_MS)
    expect(await reasons()).toEqual(ids.map(() => 'final'))
  })

  it('is polled as often as half of what it shows calls for', async () => {
    const intervals: number[] = []
    for (const maxLimit of [100, 25]) {
      const { emulator, archive, poll, send } = await open()
      emulator.settings.maxLimit = maxLimit
      for (let minute = 0; minute < 3; minute += 1) {
        send(60, NOON + minute * MINUTE_MS - 60_000)
        await poll(NOON + minute * MINUTE_MS)
      }
      await poll(NOON + 2 * MINUTE_MS + 1000)
      intervals.push((await archive.store.progress('octo')).pollIntervalMs ?? 0)
    }
    expect(intervals[1]).toBeLessThanOrEqual((intervals[0] ?? 0) / 2)
  })
})

describe.each(ENGINES)('$engine: a short list that is whole', ({ createPlace }) => {
  const open = async (): Promise<Channel> => openChannel((await openOwn(createPlace)).archive)
  const complete = (to: number): unknown => ({ coverage: [{ from: 0, to }], gaps: [] })

  it('has no gap after all of its messages were deleted and others came', async () => {
    const { emulator, archive, poll, send } = await open()
    send(20, NOON - 60_000)
    await poll(NOON)
    for (let id = 1; id <= 20; id += 1) emulator.table.delete(id)
    send(3, NOON + 1000)
    await poll(NOON + MINUTE_MS)
    expect(await archive.store.coverage('octo')).toEqual(complete(NOON + MINUTE_MS))
    expect(await archive.store.span('octo')).toMatchObject({ count: 23, deletedCount: 20 })
  })

  it('has none where old messages are kept upstream for some time only, and those are marked', async () => {
    const { emulator, archive, poll, send } = await open()
    for (let minute = 0; minute < 12; minute += 1) {
      const now = NOON + minute * MINUTE_MS
      send(10, now - 30_000)
      for (const { messageId, createdAt } of emulator.table.rows()) {
        if (createdAt < now - 3 * MINUTE_MS) emulator.table.delete(messageId)
      }
      await poll(now)
    }
    expect(await archive.store.coverage('octo')).toEqual(complete(NOON + 11 * MINUTE_MS))
    expect(await archive.store.span('octo')).toMatchObject({ count: 120, deletedCount: 90 })
  })

  it('is still taken for one after a request by id has failed once', async () => {
    const { emulator, archive, poll, send } = await open()
    send(20, NOON - 60_000)
    await poll(NOON)
    emulator.table.delete(1)
    const path = '/messages/1'
    emulator.faults.when((request) => request.path.endsWith(path), { kind: 'status', status: 500 }, 1)
    await poll(NOON + MINUTE_MS)
    emulator.table.delete(2)
    await poll(NOON + 2 * MINUTE_MS)
    await poll(NOON + 3 * MINUTE_MS)
    expect(await archive.store.coverage('octo')).toEqual(complete(NOON + 3 * MINUTE_MS))
    expect(await archive.store.span('octo')).toMatchObject({ count: 20, deletedCount: 2 })
  })

  it('has none where the list forgets what may still be asked for by id, until it is empty', async () => {
    const { emulator, archive, poll, send } = await open()
    send(3, NOON - 60_000)
    let kept = 0
    const change = (body: unknown): unknown => (Array.isArray(body) ? body.slice(0, kept) : body)
    emulator.faults.when(() => true, { kind: 'mutateBody', change })
    for (const [minute, count] of [3, 2, 0, 0].entries()) {
      kept = count
      await poll(NOON + minute * MINUTE_MS)
    }
    send(1, NOON + 5 * MINUTE_MS)
    kept = 1
    await poll(NOON + 6 * MINUTE_MS)
    expect(await archive.store.coverage('octo')).toEqual(complete(NOON + 6 * MINUTE_MS))
  })
})

interface Meanwhile {
  readonly arrivals: number
  readonly deletions: readonly number[]
  readonly maxLimit: number
}

const meanwhile: fc.Arbitrary<Meanwhile> = fc.record({
  arrivals: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 20, max: 130 })),
  deletions: fc.array(fc.nat(), { maxLength: 4 }),
  maxLimit: fc.constantFrom(100, 100, 60, 30),
})

it('nothing is missed without a word, however a list is cut off once it was read whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(meanwhile, { minLength: 2, maxLength: 8 }), async (polls) => {
      const archive = await openArchive({ url: 'sqlite::memory:' })
      const { emulator, sync, poll, send } = await openChannel(archive)
      send(5, NOON - 60_000)
      await poll(NOON)
      for (const [index, { arrivals, deletions, maxLimit }] of polls.entries()) {
        const from = NOON + index * 10 * MINUTE_MS
        send(arrivals, from + 1000)
        const rows = emulator.table.rows()
        for (const place of deletions) emulator.table.delete(rows[place % rows.length]?.messageId ?? 0)
        emulator.settings.maxLimit = maxLimit
        await poll(from + 9 * MINUTE_MS)
      }
      const { coverage, gaps } = await archive.store.coverage('octo')
      const stored = await archive.store.stored(
        'octo',
        emulator.table.rows().map(({ messageId }) => String(messageId)),
      )
      const isWithin = (spans: readonly { from: number; to: number }[], time: number): boolean =>
        spans.some(({ from, to }) => from <= time && time <= to)
      const missing = emulator.table
        .rows()
        .filter(({ messageId }) => !stored.has(String(messageId)))
        .filter(({ createdAt }) => isWithin(coverage, createdAt) && !isWithin(gaps, createdAt))
      expect(missing).toEqual([])
      await sync.close()
      await archive.close()
      await emulator.close()
    }),
    { numRuns: 40, seed: 7 },
  )
}, 120_000)
