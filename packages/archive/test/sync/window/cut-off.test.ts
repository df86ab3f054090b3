import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/index.js'
import { type Channel, NOON, openChannel } from '../../support/channel.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { storeOf } from '../../../src/open/archive.js'

const MINUTE_MS = 60_000
const STORIES = Number(process.env['WAYBILL_STORIES'] ?? 20)

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
    expect((await storeOf(archive).coverage('octo')).gaps).toEqual([])
    send(250, NOON + 2 * MINUTE_MS)
    emulator.settings.maxLimit = limits[1] ?? 0
    await poll(NOON + 7 * MINUTE_MS)
    emulator.settings.maxLimit = limits[2] ?? 0
    await poll(NOON + 8 * MINUTE_MS)
    const gap = { from: NOON + 10_000, to: NOON + 2 * MINUTE_MS + (250 - (limits[1] ?? 0)) * 1000 }
    const { gaps } = await storeOf(archive).coverage('octo')
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
      [...(await storeOf(archive).rechecks('octo', ids)).values()].map(({ reason }) => reason)
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
      intervals.push((await storeOf(archive).progress('octo')).pollIntervalMs ?? 0)
    }
    expect(intervals[1]).toBeLessThanOrEqual((intervals[0] ?? 0) / 2)
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
      const { coverage, gaps } = await storeOf(archive).coverage('octo')
      const stored = await storeOf(archive).stored(
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
    { numRuns: STORIES, seed: 7 },
  )
})
