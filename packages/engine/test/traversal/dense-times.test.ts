import { createRandom } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, wacrRows } from '../support/wacr-rows.js'

const COUNT = 5000

it.each([
  [20, 'text'],
  [100, 'text'],
  [500, 'text'],
  [500, 'direction'],
] as const)(
  'reads rows that stand closer than their times are in order at a bounded cost: first %i, with %s',
  async (first, field) => {
    const random = createRandom(9)
    const rows = wacrRows(COUNT, (id) => {
      const createdAt = BEGIN + id * 3000
      return { createdAt, timeSent: createdAt + random.integer(-15, 15) * 1000 }
    })
    const shop = await startWacr('shop', { rows })
    const engine = createEngine({ sources: [shop.source] })
    const { rows: found } = await traverse(engine, { first, fields: new Set([field]) })
    expect(new Set(idsOf(found)).size).toBe(COUNT)
    expect(shop.emulator.log.length).toBeLessThanOrEqual(1.35 * Math.ceil(COUNT / 100) + 1)
  },
)
