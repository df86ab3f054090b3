import { createEngine } from '@waybill/engine'
import { describe, expect, it } from 'vitest'
import { createSync } from '../../src/index.js'
import { changedProvider } from '../support/changed-provider.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

const HOUR_MS = 3_600_000
const ROWS = 630

const PLACES: readonly { readonly name: string; readonly isThird: (id: number) => boolean }[] = [
  { name: 'every eleventh', isThird: (id) => id % 11 === 0 },
  { name: 'a single one deep in the past', isThird: (id) => id === 5 },
  { name: 'the newest', isThird: (id) => id === ROWS },
]

describe.each(ENGINES)('$engine: a source without totals that lists rows of a third direction', (at) => {
  it.each(PLACES)('is archived whole, and reports them, until there are none: $name', async ({ isThird }) => {
    const { archive } = await openOwn(at.createPlace)
    const rows = shopRows(ROWS).map((row) =>
      isThird(row.id) ? { ...row, direction: 'system' as const } : row,
    )
    const { emulator, source } = await startShop({ rows, envelope: 'array' })
    let now = NOON + HOUR_MS
    const sync = createSync({ archive, sources: [source], now: () => now })
    const report = reporter(archive, source.provider)
    for (const hours of [0, 1.2, 26]) {
      now = NOON + HOUR_MS + hours * HOUR_MS
      expect(await sync.once()).toMatchObject([{ error: null, isComplete: true }])
      expect(await archivedRows(archive)).toEqual(withoutThird(upstreamRows(emulator)))
      expect(await report(), `${hours} hours`).toMatchObject({
        completeness: 'UNPROVEN',
        warnings: [{ code: 'TOTALS_DISAGREE', field: 'direction' }],
      })
    }
    for (const row of emulator.table.rows()) {
      if (row.direction === 'system') emulator.table.update(row.id, { direction: 'inbound' })
    }
    now += 40 * 24 * HOUR_MS
    await sync.once()
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    expect(await report()).toMatchObject({ completeness: 'COMPLETE', warnings: [] })
    await sync.close()
  })

  it.each([3, 400])('stores them where they arrive, %d at once', async (count) => {
    const { archive } = await openOwn(at.createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS), envelope: 'array' })
    let now = NOON + HOUR_MS
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    for (let id = ROWS + 1; id <= ROWS + count; id += 1)
      emulator.table.insert(shopRow(id, id % 3 === 1 ? { direction: 'system' } : {}))
    now += 60_000
    expect(await sync.once()).toMatchObject([{ added: count, error: null }])
    expect(await archivedRows(archive)).toEqual(withoutThird(upstreamRows(emulator)))
    now += 8 * 24 * HOUR_MS
    await sync.once()
    expect(await reporter(archive, source.provider)()).toMatchObject({ completeness: 'UNPROVEN' })
    await sync.close()
  })

  it('has no warning where there are none, though messages arrive at each request', async () => {
    const { archive } = await openOwn(at.createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS), envelope: 'array' })
    let now = NOON + HOUR_MS
    let isMoving = true
    const provider = changedProvider(source.provider, () => {
      if (isMoving) emulator.table.insert(shopRow(emulator.table.nextId()))
      return {}
    })
    const sync = createSync({ archive, sources: [{ ...source, provider }], now: () => now })
    const report = reporter(archive, provider)
    for (let poll = 0; poll < 3; poll += 1) {
      await sync.once()
      expect(await report()).toMatchObject({ completeness: 'COMPLETE', warnings: [] })
      for (let nth = 0; nth < 150 * poll; nth += 1) emulator.table.insert(shopRow(emulator.table.nextId()))
      now += 60_000
    }
    isMoving = false
    await sync.once()
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })
})

type Rows = ReturnType<typeof upstreamRows>

function withoutThird(rows: Rows): Rows {
  return new Map(
    [...rows].map(([id, row]) => [id, row.direction === 'SYSTEM' ? { ...row, direction: null } : row]),
  )
}

type OwnArchive = Awaited<ReturnType<typeof openOwn>>['archive']

function reporter(archive: OwnArchive, provider: Parameters<typeof changedProvider>[0]) {
  const archived = archive.source({ id: 'shop', provider, maxStalenessMs: Number.MAX_SAFE_INTEGER })
  const engine = createEngine({ sources: [{ id: 'shop', provider: archived }] })
  return async () => (await engine.messages({ first: 1 })).reports[0]
}
