import { generateWacrRows } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'

/** Groups of up to eight rows recorded in one second, which `sent_at` does not show. */
const ROWS = generateWacrRows({ count: 1000, seed: 11, tieDensity: 0.35, nullDensity: 0.1 })

it.each([
  [7, 100],
  [20, 50],
  [137, 30],
  [500, 30],
])(
  'reads rows once whose equal sort keys cannot be seen: first %i, served page size %i',
  async (first, maxPerPage) => {
    const shop = await startWacr('shop', { rows: ROWS, maxPerPage, tableOptions: { ties: 'shuffle' } })
    const engine = createEngine({ sources: [shop.source] })
    const { rows } = await traverse(engine, { first, fields: new Set(['text']) })
    expect(idsOf(rows).toSorted()).toEqual(ROWS.map((row) => String(row.id)).toSorted())
    const createdAt = new Map(ROWS.map((row) => [String(row.id), row.createdAt]))
    const times = idsOf(rows).map((id) => createdAt.get(id) ?? Number.NaN)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
  },
)
