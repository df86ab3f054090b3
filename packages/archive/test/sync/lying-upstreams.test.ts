import type { ListRequest } from '@waybill/core'
import { createEngine } from '@waybill/engine'
import { describe, expect, it } from 'vitest'
import { createSync } from '../../src/index.js'
import { type Between, changedProvider } from '../support/changed-provider.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

const HOUR_MS = 3_600_000
const ROWS = 700

interface Lie {
  readonly name: string
  readonly codes: readonly string[]
  readonly between: Between
}

const LIES: readonly Lie[] = [
  {
    name: 'passes over the sort',
    codes: ['SORT_IGNORED'],
    between: { ask: (request) => ({ ...request, sort: { field: 'createdAt', direction: 'asc' } }) },
  },
  {
    name: 'leaves out rows behind its LIMIT',
    codes: ['ROWS_HIDDEN'],
    between: {
      tell: (result) => ({
        ...result,
        messages: result.messages.filter(({ upstreamId }) => Number(upstreamId) % 7 !== 0),
      }),
    },
  },
  {
    name: 'passes over the direction',
    codes: ['DIRECTION_IGNORED'],
    between: { ask: withoutDirection },
  },
]

function withoutDirection(request: ListRequest): ListRequest {
  return { ...request, filter: request.filter.filter(({ field }) => field !== 'direction') }
}

describe.each(ENGINES)('$engine: an upstream that', ({ createPlace }) => {
  it.each(LIES)(
    '$name is never called complete while it does, and is once it does not',
    async ({ codes, between }) => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(ROWS) })
      let isHonest = false
      const provider = changedProvider(source.provider, () => (isHonest ? {} : between))
      let now = NOON + HOUR_MS
      const sync = createSync({ archive, sources: [{ ...source, provider }], now: () => now })
      const archived = archive.source({ id: 'shop', provider, maxStalenessMs: Number.MAX_SAFE_INTEGER })
      const engine = createEngine({ sources: [{ id: 'shop', provider: archived }] })
      const report = async () => (await engine.messages({ first: 1 })).reports[0]
      let id = ROWS
      for (const hours of [0, 0.1, 0.2, 1, 1.1, 6, 24, 24.1]) {
        now = NOON + HOUR_MS + hours * HOUR_MS
        expect(await sync.once()).toMatchObject([{ error: null, isComplete: true }])
        const { completeness, warnings } = (await report()) ?? {}
        expect(completeness, `${hours} hours`).toBe('UNPROVEN')
        expect(warnings?.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]))
        emulator.table.insert(shopRow((id += 1), { createdAt: now }))
      }
      isHonest = true
      for (const days of [30, 30.1]) {
        now = NOON + HOUR_MS + days * 24 * HOUR_MS
        await sync.once()
      }
      expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
      expect(await report()).toMatchObject({ completeness: 'COMPLETE', warnings: [] })
      expect((await archive.status('shop')).gaps).toEqual([])
      await sync.close()
    },
  )

  it('passes over the page number ends a sync with an error, and is asked no more than a few times', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(ROWS) })
    const first: Between = {
      ask: (request) =>
        request.page.kind === 'page' ? { ...request, page: { ...request.page, number: 1 } } : request,
    }
    const provider = changedProvider(source.provider, () => first)
    const sync = createSync({ archive, sources: [{ ...source, provider }] })
    expect(await sync.once()).toMatchObject([
      { isComplete: false, error: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ])
    expect(emulator.log.length).toBeLessThan(20)
    expect((await archive.status('shop')).proven).toEqual([])
    await sync.close()
  })
})
