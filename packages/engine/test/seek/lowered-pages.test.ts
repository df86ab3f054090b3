import { generateWacrRows, type WacrSettings } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { sentAt } from '../support/clauses.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'

const ROWS = generateWacrRows({ count: 3000, seed: 8, maxSkewMs: 600_000, spanMs: 20 * 86_400_000 })
const BEGIN = (ROWS[1500]?.createdAt ?? 0) + 1
const NO_FIGURES = { totals: false, reportPerPage: false }

it.each<[Partial<WacrSettings>, number]>([
  [{ maxPerPage: 50 }, 50],
  [{ maxPerPage: 30 }, 30],
  [{ maxPerPage: 50, totals: false }, 50],
  [{ maxPerPage: 50, reportPerPage: false }, 50],
  [{ maxPerPage: 50, ...NO_FIGURES }, 50],
  [{ maxPerPage: 30, ...NO_FIGURES }, 30],
  [{ ...NO_FIGURES }, 100],
])('finds a range in a table that is served in smaller pages: %j', async (settings, served) => {
  const shop = await startWacr('shop', { rows: ROWS, tableOptions: { ties: 'shuffle' }, ...settings })
  const engine = createEngine({ sources: [shop.source] })
  for (const direction of ['asc', 'desc'] as const) {
    shop.emulator.log.length = 0
    const filter = [direction === 'asc' ? sentAt('gte', BEGIN) : sentAt('lt', BEGIN)]
    const sort = { field: 'createdAt', direction } as const
    const query = { filter, sort, first: 60, fields: new Set(['text'] as const) }
    const { pages, rows } = await traverse(engine, query)
    const inside = ROWS.filter((row) => (row.timeSent ?? row.createdAt) >= BEGIN === (direction === 'asc'))
    expect(idsOf(rows).toSorted()).toEqual(inside.map(({ id }) => String(id)).toSorted())
    expect(pages.map((page) => reportOf(page, 'shop').error)).toEqual(pages.map(() => null))
    // To find it, without knowing how long the list is, and to read pages that share some rows.
    const search = 2 + 2 * Math.log2(ROWS.length / served)
    expect(shop.emulator.log.length).toBeLessThanOrEqual(search + 1.5 * Math.ceil(inside.length / served) + 2)
  }
})
