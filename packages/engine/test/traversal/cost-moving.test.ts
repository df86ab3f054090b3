import { createRandom, generateWacrRows, type WacrEmulator } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { expectHonestReports } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRow } from '../support/wacr-rows.js'

const COUNT = 2000
const ROWS = generateWacrRows({ count: COUNT, seed: 5 })
const NEWEST = ROWS.at(-1)?.createdAt ?? 0

/** Before every request up to two rows arrive, one vanishes and one changes, anywhere in the table. */
function keepMoving({ table, onRequest }: WacrEmulator, seed: number): Set<string> {
  const random = createRandom(seed)
  const stable = new Set(ROWS.map(({ id }) => String(id)))
  onRequest(() => {
    for (let arrivals = random.integer(0, 2); arrivals > 0; arrivals -= 1) {
      const id = table.nextId()
      table.insert(wacrRow(id, { createdAt: NEWEST + (id - COUNT) * 1000 }))
    }
    const gone = random.integer(1, COUNT)
    table.delete(gone)
    stable.delete(String(gone))
    table.update(random.integer(1, COUNT), { status: 'read', updatedAt: NEWEST + table.version * 1000 })
  })
  return stable
}

it.each([1, 20, 100, 500].flatMap((first) => [1, 2, 3].map((seed) => [first, seed] as const)))(
  'reads 2,000 rows of a table that moves with every request in at most 28: first %i, seed %i',
  async (first, seed) => {
    const shop = await startWacr('shop', { rows: ROWS, tableOptions: { ties: 'shuffle', seed } })
    const stable = keepMoving(shop.emulator, seed)
    const engine = createEngine({ sources: [shop.source] })
    const { pages, rows } = await traverse(engine, { first, fields: new Set(['text']) })
    const found = idsOf(rows)
    expect(new Set(found).size).toBe(found.length)
    expect([...stable].filter((id) => !found.includes(id))).toEqual([])
    expect(shop.emulator.log.length).toBeLessThanOrEqual(1.35 * Math.ceil(COUNT / 100) + 1)
    expectHonestReports(pages, [shop])
  },
)
