import { createEngine } from '@waybill/engine'
import { describe, expect, it } from 'vitest'
import { createSync } from '../../src/index.js'
import { changedProvider } from '../support/changed-provider.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

const DAY_MS = 86_400_000

describe.each(ENGINES)('$engine: a source that passes over the filter by direction', ({ createPlace }) => {
  it('is archived without directions, is never complete, and has them once it filters', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(700) })
    let isHonest = false
    const provider = changedProvider(source.provider, () =>
      isHonest
        ? {}
        : {
            ask: (request) => ({
              ...request,
              filter: request.filter.filter(({ field }) => field !== 'direction'),
            }),
          },
    )
    let now = NOON + DAY_MS
    const sync = createSync({ archive, sources: [{ ...source, provider }], now: () => now })
    const at = async (days: number): Promise<void> => {
      now = NOON + DAY_MS + days * DAY_MS
      expect(await sync.once()).toMatchObject([{ error: null, isComplete: true }])
    }
    const directions = async (): Promise<unknown[]> => [
      ...new Set([...(await archivedRows(archive)).values()].map(({ direction }) => direction)),
    ]
    const archived = archive.source({ id: 'shop', provider, maxStalenessMs: Number.MAX_SAFE_INTEGER })
    const engine = createEngine({ sources: [{ id: 'shop', provider: archived }] })
    const report = async () => (await engine.messages({ first: 1 })).reports[0]

    await at(0)
    expect((await archivedRows(archive)).size).toBe(700)
    expect(await directions()).toEqual([null])
    expect((await archive.status('shop')).proven).toEqual([])
    expect(await report()).toMatchObject({
      completeness: 'UNPROVEN',
      warnings: [{ code: 'DIRECTION_IGNORED' }],
    })

    emulator.table.insert(shopRow(701))
    for (const day of [0.01, 0.02, 0.1, 1, 2]) {
      await at(day)
      expect(await directions()).toEqual([null])
      expect(await report()).toMatchObject({
        completeness: 'UNPROVEN',
        warnings: [{ code: 'DIRECTION_IGNORED' }],
      })
    }
    isHonest = true
    emulator.table.insert(shopRow(702))
    await at(40)
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    expect(await report()).toMatchObject({ completeness: 'COMPLETE', warnings: [] })
    await sync.close()
  })

  it('keeps the directions that it listed before', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(300) })
    let isHonest = true
    const provider = changedProvider(source.provider, () =>
      isHonest
        ? {}
        : {
            ask: (request) => ({
              ...request,
              filter: request.filter.filter(({ field }) => field !== 'direction'),
            }),
          },
    )
    let now = NOON + DAY_MS
    const sync = createSync({ archive, sources: [{ ...source, provider }], now: () => now })
    await sync.once()
    isHonest = false
    emulator.table.insert(shopRow(301))
    now += DAY_MS
    await sync.once()
    const { direction, ...rest } = upstreamRows(emulator).get('301') ?? {}
    expect(direction).toBe('OUTBOUND')
    expect(await archivedRows(archive)).toEqual(
      new Map(
        [...upstreamRows(emulator)].map(([id, row]) => [
          id,
          id === '301' ? { ...rest, direction: null } : row,
        ]),
      ),
    )
    await sync.close()
  })
})
