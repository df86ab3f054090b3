import { expect, test } from 'vitest'
import { startWacrEmulator } from '../../src/index.js'
import { closeAfterEach, getWacr } from '../support/get.js'
import { NOON, wacrRow } from '../support/rows.js'

const started = closeAfterEach()
const COUNT = 1_000_000

test('a million rows are paged, filtered and changed', async () => {
  const rows = Array.from({ length: COUNT }, (_, position) =>
    wacrRow(position + 1, {
      createdAt: NOON + Math.floor(position / 3) * 1000,
      direction: position % 2 === 0 ? 'inbound' : 'outbound',
    }),
  )
  const wacr = await started(startWacrEmulator({ rows, tableOptions: { ties: 'shuffle' } }))
  const path = '/messages?fields=id&per_page=100'
  const middle = await getWacr(wacr, `${path}&page=5000`)
  expect(middle.json).toMatchObject({ meta: { total: COUNT, last_page: 10_000 } })

  // Many pages, which only end in time when a page does not cost the whole table.
  const filter = 'filter[direction]=inbound'
  for (let page = 1; page <= 50; page++) {
    const { json } = await getWacr(wacr, `${path}&page=${page}&${filter}&sort=created_at`)
    expect(json).toMatchObject({ meta: { total: COUNT / 2 } })
    wacr.table.page({ page: page * 100, perPage: 100 })
  }

  wacr.table.insert(wacrRow(COUNT + 1, { createdAt: NOON + COUNT * 1000, direction: 'inbound' }))
  wacr.table.delete(COUNT)
  const newest = await getWacr(wacr, `${path}&per_page=1&${filter}`)
  expect(newest.json).toMatchObject({ data: [{ id: COUNT + 1 }], meta: { total: COUNT / 2 + 1 } })
})
