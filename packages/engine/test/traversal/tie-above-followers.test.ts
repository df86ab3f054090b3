import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, MINUTE_MS, wacrRows } from '../support/wacr-rows.js'

const QUERY = { fields: new Set(['text'] as const) }
/** The rows 18 to 23 share one time, and a page of twenty ends among them. */
const ROWS = wacrRows(40, (id) => ({ createdAt: BEGIN + (id >= 18 && id <= 23 ? 18 : id) * MINUTE_MS }))

it('reads a row that was not fetched yet and stands above one that was, when all that were read are gone', async () => {
  const shop = await startWacr('shop', { maxPerPage: 20 }, { maxSkewMinutes: 0 })
  for (let seed = 1; seed <= 30; seed += 1) {
    shop.emulator.table.settings.ties = 'shuffle'
    for (const { id } of shop.emulator.table.rows()) shop.emulator.table.delete(id)
    for (const row of ROWS) shop.emulator.table.insert(row)
    const begun = await createEngine({ sources: [shop.source] }).messages({ ...QUERY, first: 18 })
    const read = idsOf(begun.edges)
    for (const id of read) shop.emulator.table.delete(Number(id))
    const after = begun.pageInfo.endCursor
    const { rows } = await traverse(createEngine({ sources: [shop.source] }), { ...QUERY, first: 50, after })
    const unread = ROWS.map(({ id }) => String(id)).filter((id) => !read.includes(id))
    expect(idsOf(rows).toSorted()).toEqual(unread.toSorted())
  }
})
