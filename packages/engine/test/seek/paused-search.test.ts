import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { sentAt } from '../support/clauses.js'
import { idsOf } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, MINUTE_MS, wacrRow, wacrRows } from '../support/wacr-rows.js'

const FROM = BEGIN + 1200 * MINUTE_MS
const TO = BEGIN + 1259 * MINUTE_MS
const QUERY = { filter: [sentAt('gte', FROM), sentAt('lte', TO)], fields: new Set(['text'] as const) }
const EXPECTED = Array.from({ length: 60 }, (_, index) => String(1259 - index))

it.each([
  [1, 0],
  [2, 0],
  [1, 7],
  [2, 230],
  [3, 150],
])(
  'goes on with a search that a budget of %i interrupts, in another process, while %i messages arrive between two pages',
  async (maxUpstreamRequests, arriving) => {
    const shop = await startWacr('shop', { rows: wacrRows(3000) })
    const { table, log } = shop.emulator
    const found: string[] = []
    let pages = 0
    for (let after: string | null | undefined; after !== null; pages += 1) {
      const engine = createEngine({ sources: [shop.source] })
      const before = log.length
      const page = await engine.messages({ ...QUERY, first: 25, maxUpstreamRequests, after })
      expect(log.length - before).toBeLessThanOrEqual(maxUpstreamRequests)
      found.push(...idsOf(page.edges))
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
      expect(pages).toBeLessThan(100)
      for (let count = 0; count < arriving; count += 1) table.insert(wacrRow(table.nextId()))
    }
    expect(found).toEqual(EXPECTED)
  },
)
