import type { MessageFilter } from '@waybill/core'
import { createEngine, type Engine, type SourceReport } from '@waybill/engine'
import { describe, expect, it } from 'vitest'
import { type Archive, createSync, type SyncSource } from '../../src/index.js'
import { type Between, changedProvider, rejecting } from '../support/changed-provider.js'
import { ENGINES } from '../support/engines.js'
import { octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

const DAY_MS = 86_400_000
const ROWS = 1000

interface Following {
  readonly source: SyncSource
  /** What stands between the source and its upstream from now on. */
  put(between: Between): void
  at(time: number): Promise<void>
  close(): Promise<void>
}

function following(archive: Archive, { provider, ...rest }: SyncSource, first: Between): Following {
  let between = first
  let now = 0
  const source = { ...rest, provider: changedProvider(provider, () => between) }
  const sync = createSync({ archive, sources: [source], now: () => now })
  return {
    source,
    put: (next) => void (between = next),
    at: async (time) => {
      now = NOON + DAY_MS + time
      expect(await sync.once()).toMatchObject([{ error: null, isComplete: true }])
    },
    close: () => sync.close(),
  }
}

function archivedEngine(archive: Archive, { id, provider }: SyncSource): Engine {
  const archived = archive.source({ id, provider, maxStalenessMs: Number.MAX_SAFE_INTEGER })
  return createEngine({ sources: [{ id, provider: archived }] })
}

function briefly(report: SourceReport | undefined) {
  return {
    completeness: report?.completeness,
    warnings: report?.warnings.map(({ code, count }) => [code, count]),
  }
}

/** The report that a reader of the archive gets. */
async function reportOf(archive: Archive, source: SyncSource) {
  const { reports } = await archivedEngine(archive, source).messages({ first: 1 })
  return briefly(reports[0])
}

/** Lists a second row with the id of a message, on every page that has the message. */
function repeating(id: string): Between {
  return {
    tell: ({ messages, ...result }) => {
      const position = messages.findIndex(({ upstreamId }) => upstreamId === id) + 1
      const row = { position, upstreamId: id, reason: 'it repeats the id of another row', raw: { id } }
      return { ...result, messages, rejected: position === 0 ? [] : [row] }
    },
  }
}

const UNREADABLE: readonly {
  readonly name: string
  readonly ids: readonly number[]
  readonly withId?: boolean
}[] = [
  { name: 'one in the middle', ids: [500] },
  { name: 'the newest and the oldest', ids: [1, ROWS] },
  { name: 'many in a row', ids: Array.from({ length: 100 }, (_, nth) => 651 + nth) },
  { name: 'a whole page', ids: Array.from({ length: 100 }, (_, nth) => 401 + nth) },
  { name: 'one whose id cannot be read either', ids: [500], withId: false },
  { name: 'those at which two pages meet', ids: [900, 901], withId: false },
]

describe.each(ENGINES)('$engine: rows that cannot be read', ({ createPlace }) => {
  it.each(UNREADABLE)('stop no other row: $name', async ({ ids, withId }) => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS) })
    const isUnreadable = ({ upstreamId }: { upstreamId: string }): boolean => ids.includes(Number(upstreamId))
    const shop = following(archive, source, rejecting(isUnreadable, withId))
    await shop.at(0)
    const readable = [...upstreamRows(emulator)].filter(([id]) => !ids.includes(Number(id)))
    expect([...(await archivedRows(archive))]).toEqual(readable)
    const { rejectedCount, coverage, gaps } = await archive.status('shop')
    expect({ rejectedCount, gaps, from: coverage[0]?.from }).toEqual({
      rejectedCount: ids.length,
      gaps: [],
      from: 0,
    })
    expect(await reportOf(archive, shop.source)).toEqual({
      completeness: 'UNPROVEN',
      warnings: [['ROW_REJECTED', ids.length]],
    })
    const [last] = await storeOf(archive).rejected('shop', 1)
    expect(last).toMatchObject({ reason: 'sent_at: a time was expected' })
    expect(last?.upstreamId === null).toBe(withId === false)
    await shop.close()
  })

  it.each([true, false])(
    'are read again by the next comparison, once they can be (with ids: %s)',
    async (withId) => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(ROWS) })
      const shop = following(
        archive,
        source,
        rejecting(({ upstreamId }) => upstreamId === '7', withId),
      )
      for (const day of [0, 1, 2]) await shop.at(day * DAY_MS)
      expect((await archive.status('shop')).rejectedCount).toBe(1)
      shop.put({})
      await shop.at(3 * DAY_MS)
      expect((await archive.status('shop')).rejectedCount).toBe(0)
      expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
      expect(await reportOf(archive, shop.source)).toEqual({ completeness: 'COMPLETE', warnings: [] })
      await shop.close()
    },
  )

  it('are counted by the upstream as well, which is no reason to read everything', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS) })
    const shop = following(
      archive,
      source,
      rejecting(({ upstreamId }) => Number(upstreamId) % 100 === 3),
    )
    await shop.at(0)
    for (let poll = 1; poll <= 3; poll += 1) await shop.at(poll * 300_000)
    emulator.log.length = 0
    await shop.at(DAY_MS / 2)
    expect(emulator.log).toHaveLength(2)
    await shop.close()
  })

  it('that arrive are met by the poll, and do not keep it from what is new beside them', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(300) })
    const shop = following(
      archive,
      source,
      rejecting(({ upstreamId }) => Number(upstreamId) > 300 && Number(upstreamId) % 2 === 0),
    )
    await shop.at(0)
    for (let id = 301; id <= 306; id += 1) emulator.table.insert(shopRow(id))
    await shop.at(60_000)
    expect((await archive.status('shop')).rejectedCount).toBe(3)
    expect([
      ...(await storeOf(archive).stored('shop', ['301', '302', '303', '304', '305', '306'])).keys(),
    ]).toEqual(['301', '303', '305'])
    await shop.close()
  })

  it('are reported though an earlier form of them is stored, which stays', async () => {
    const { archive } = await openOwn(createPlace)
    const { source } = await startShop({ rows: shopRows(300) })
    const shop = following(archive, source, {})
    await shop.at(0)
    shop.put(rejecting(({ upstreamId }) => upstreamId === '299'))
    await shop.at(60_000)
    const { messageCount, rejectedCount } = await archive.status('shop')
    expect({ messageCount, rejectedCount }).toEqual({ messageCount: 300, rejectedCount: 1 })
    expect(await storeOf(archive).rejectedCount('shop')).toEqual({ count: 1, unstored: 0 })
    // It is listed, so it is not asked for as if it were gone.
    await shop.at(DAY_MS)
    expect(await storeOf(archive).nextDue('shop')).toBeNull()
    shop.put({})
    await shop.at(DAY_MS + 60_000)
    expect((await archive.status('shop')).rejectedCount).toBe(0)
    await shop.close()
  })

  it('are reported in every answer, whatever span it is about, and with every count', async () => {
    const { archive } = await openOwn(createPlace)
    const { source } = await startShop({ rows: shopRows(ROWS) })
    const shop = following(
      archive,
      source,
      rejecting(({ upstreamId }) => upstreamId === '500'),
    )
    await shop.at(0)
    const engine = archivedEngine(archive, shop.source)
    const spans: readonly MessageFilter[] = [
      [],
      [{ field: 'sentAt', operator: 'gte', value: NOON + 10 * DAY_MS }],
      [{ field: 'status', operator: 'eq', values: ['READ'] }],
      [{ field: 'direction', operator: 'eq', values: ['INBOUND'] }],
    ]
    const said = { completeness: 'UNPROVEN', warnings: [['ROW_REJECTED', 1]] }
    for (const filter of spans) {
      for (const field of ['createdAt', 'updatedAt'] as const) {
        const { reports } = await engine.messages({ first: 10, filter, sort: { field, direction: 'desc' } })
        expect(briefly(reports[0])).toEqual(said)
      }
      expect(briefly((await engine.counts({ by: ['DAY'], filter })).reports[0])).toEqual(said)
    }
    await shop.close()
  })

  it('are a second row with the id of a message as well, which is kept', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(300) })
    const shop = following(archive, source, repeating('150'))
    await shop.at(0)
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    expect(await reportOf(archive, shop.source)).toEqual({
      completeness: 'UNPROVEN',
      warnings: [['ROW_REJECTED', 1]],
    })
    shop.put({})
    await shop.at(29 * DAY_MS)
    expect(await reportOf(archive, shop.source)).toEqual({ completeness: 'COMPLETE', warnings: [] })
    await shop.close()
  })

  it('are forgotten once the whole list has them no more', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS) })
    const shop = following(
      archive,
      source,
      rejecting(({ upstreamId }) => upstreamId === '7'),
    )
    await shop.at(0)
    emulator.table.delete(7)
    await shop.at(29 * DAY_MS)
    expect((await archive.status('shop')).rejectedCount).toBe(0)
    await shop.close()
  })

  it('take their place in a window: the others are kept, and it is full with them', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(100, 1, NOON) })
    const octo = following(
      archive,
      source,
      rejecting(({ upstreamId }) => upstreamId === '40'),
    )
    await octo.at(0)
    const { messageCount, rejectedCount, coverage } = await archive.status('octo')
    expect({ messageCount, rejectedCount }).toEqual({ messageCount: 99, rejectedCount: 1 })
    expect(coverage[0]?.from).toBeGreaterThan(0)
    for (const row of octoRows(5, 101, NOON + 200_000)) emulator.table.insert(row)
    await octo.at(60_000)
    expect((await archive.status('octo')).messageCount).toBe(104)
    expect((await archive.status('octo')).gaps).toEqual([])
    octo.put({})
    await octo.at(120_000)
    expect(await archive.status('octo')).toMatchObject({ messageCount: 105, rejectedCount: 0 })
    await octo.close()
  })

  it('prove nothing about a window that has no other rows', async () => {
    const { archive } = await openOwn(createPlace)
    const { source } = await startOcto({ rows: octoRows(100, 1, NOON) })
    const octo = following(
      archive,
      source,
      rejecting(() => true),
    )
    await octo.at(0)
    expect(await archive.status('octo')).toMatchObject({ messageCount: 0, rejectedCount: 100, coverage: [] })
    octo.put({})
    await octo.at(60_000)
    expect(await archive.status('octo')).toMatchObject({ messageCount: 100, rejectedCount: 0 })
    await octo.close()
  })
})
