import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { idsOf } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

it.each([
  [1, 'data-meta', {}],
  [1, 'array', {}],
  [1, 'data', { maxPerPage: 30 }],
  [2, 'data', { maxPerPage: 30 }],
  [1, 'array', { maxPerPage: 50 }],
  [2, 'array', { maxPerPage: 50 }],
] as const)(
  'comes to the end by %i requests a page, each answered by another process: %s %j',
  async (budget, envelope, settings) => {
    const shop = await startWacr('shop', { rows: wacrRows(230), envelope, ...settings })
    const query = { first: 100, maxUpstreamRequests: budget, fields: new Set(['text'] as const) }
    const rows: string[] = []
    let pages = 0
    for (let after: string | null | undefined; after !== null; pages += 1) {
      const page = await createEngine({ sources: [shop.source] }).messages({ ...query, after })
      rows.push(...idsOf(page.edges))
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
      expect(pages).toBeLessThan(50)
    }
    expect(rows).toEqual(
      wacrRows(230)
        .map(({ id }) => String(id))
        .toReversed(),
    )
    expect(shop.emulator.log.length).toBeLessThanOrEqual(pages * budget)
  },
)
