import { createRandom, generateWacrRows } from '@waybill/emulators'
import { test } from 'vitest'
import { createEngine } from '../src/index.js'
import { traverse } from './support/traverse.js'
import { startWacr } from './support/upstreams.js'
import { wacrRow } from './support/wacr-rows.js'
const COUNT = 2000
const ROWS = generateWacrRows({ count: COUNT, seed: 5 })
const NEWEST = ROWS.at(-1)?.createdAt ?? 0
test('trace', async () => {
  const shop = await startWacr('shop', { rows: ROWS, tableOptions: { ties: 'shuffle', seed: 1 } })
  const { table, onRequest } = shop.emulator
  const random = createRandom(1)
  onRequest.call(shop.emulator, () => {
    for (let arrivals = random.integer(0, 2); arrivals > 0; arrivals -= 1) {
      const id = table.nextId()
      table.insert(wacrRow(id, { createdAt: NEWEST + (id - COUNT) * 1000 }))
    }
    table.delete(random.integer(1, COUNT))
    table.update(random.integer(1, COUNT), { status: 'read', updatedAt: NEWEST + table.version * 1000 })
  })
  const engine = createEngine({ sources: [shop.source] })
  await traverse(engine, { first: 500, fields: new Set(['text']) })
  console.log(shop.emulator.log.map(({ params }) => { const n = Number(params['page']), s = Number(params['per_page']); return `${(n-1)*s}-${n*s}` }).join(' '))
})
