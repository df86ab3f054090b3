import type { WacrRow } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { sentAt } from '../support/clauses.js'
import { expectHonestReports } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRow } from '../support/wacr-rows.js'

const COUNT = 100_000
const PAGES = COUNT / 100
const END = Date.UTC(2026, 3, 24)
const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS
const MINUTE_MS = 60_000

/** The time of a row as a share of the year, 0…1, for its share of the rows. */
const TRAFFIC: readonly [name: string, timeOf: (share: number) => number][] = [
  ['even', (share) => share],
  ['growing', (share) => share ** 0.25],
  ['falling', (share) => share ** 4],
  ['nine tenths in the last week', (share) => (share < 0.1 ? share * 9.8 : 0.98 + (share - 0.1) / 45)],
  [
    'by office hours',
    (share) => Math.min(1, share + Math.sin(share * 2 * Math.PI * 365) / (2.1 * Math.PI * 365)),
  ],
]

function yearOf(timeOf: (share: number) => number): WacrRow[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const passed = timeOf(index / COUNT) * YEAR_MS
    return wacrRow(index + 1, { createdAt: END - YEAR_MS + Math.floor(passed / 1000) * 1000 })
  })
}

it.each(TRAFFIC)('finds sixty rows eight months deep in a year: %s traffic', async (_name, timeOf) => {
  const rows = yearOf(timeOf)
  const begin = rows.findIndex(({ createdAt }) => createdAt >= END - YEAR_MS + 4 * 30 * DAY_MS)
  const wanted = rows.slice(begin, begin + 60)
  const [from = 0, to = 0] = [wanted[0]?.createdAt, wanted.at(-1)?.createdAt]
  const inside = rows.filter(({ createdAt }) => createdAt >= from && createdAt <= to)
  // What lies within the declared skew has to be read as well.
  const skew = 2 * 15 * MINUTE_MS
  const around = rows.filter(({ createdAt }) => createdAt >= from - skew && createdAt <= to + skew)
  const filter = [sentAt('gte', from), sentAt('lte', to)]

  for (const direction of ['desc', 'asc'] as const) {
    const shop = await startWacr('shop', { rows })
    const engine = createEngine({ sources: [shop.source] })
    const sort = { field: 'createdAt', direction } as const
    const query = { filter, sort, first: 100, fields: new Set(['text'] as const) }
    const { pages, rows: found } = await traverse(engine, query)
    const expected = inside.map(({ id }) => String(id))
    expect(idsOf(found)).toEqual(direction === 'asc' ? expected : expected.toReversed())
    const holding = Math.ceil(around.length / 90) + 1
    expect(shop.emulator.log.length).toBeLessThanOrEqual(2 + Math.log2(PAGES) + holding)
    expectHonestReports(pages, [shop])
  }
})
