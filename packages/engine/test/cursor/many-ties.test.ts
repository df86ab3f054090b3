import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, wacrRows } from '../support/wacr-rows.js'

it('stays short however many messages share one time, and reports them as unproven', async () => {
  const rows = wacrRows(4000, () => ({ createdAt: BEGIN }))
  const shop = await startWacr('shop', { rows })
  const engine = createEngine({ sources: [shop.source] })
  const { pages, rows: found } = await traverse(engine, { first: 500, fields: new Set(['text']) })
  expect(idsOf(found).toSorted()).toEqual(rows.map(({ id }) => String(id)).toSorted())
  for (const { pageInfo } of pages) expect(pageInfo.endCursor?.length ?? 0).toBeLessThan(8000)
  expect(reportOf(pages.at(-1), 'shop').completeness).toBe('UNPROVEN')
})
