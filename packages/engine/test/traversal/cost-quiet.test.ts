import { generateWacrRows } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { expectHonestReports } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

const COUNT = 2000
const TABLES = [
  ['one row a minute', wacrRows(COUNT)],
  ['believable rows', generateWacrRows({ count: COUNT, seed: 5 })],
  ['rows of which a third share their time', generateWacrRows({ count: COUNT, seed: 6, tieDensity: 0.35 })],
] as const

it.each(TABLES.flatMap(([name, rows]) => [1, 20, 100, 500].map((first) => [name, first, rows] as const)))(
  'reads 2,000 rows of a quiet table in at most 24 requests: %s, first %i',
  async (_name, first, rows) => {
    const shop = await startWacr('shop', { rows, tableOptions: { ties: 'shuffle' } })
    const engine = createEngine({ sources: [shop.source] })
    const { pages, rows: found } = await traverse(engine, { first, fields: new Set(['text']) })
    expect(new Set(idsOf(found)).size).toBe(COUNT)
    expect(found).toHaveLength(COUNT)
    expect(shop.emulator.log.length).toBeLessThanOrEqual(1.15 * Math.ceil(COUNT / 100) + 1)
    expectHonestReports(pages, [shop])
  },
)
