import { generateWacrRows } from '@waybill/emulators'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { sentAt } from '../support/clauses.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'

const SECOND_MS = 1000
const DAY_MS = 86_400_000
const SKEW_MS = 10 * 60 * SECOND_MS
const ROWS = generateWacrRows({ count: 3000, seed: 8, maxSkewMs: SKEW_MS, spanMs: 20 * DAY_MS })
const BEGIN = ROWS[0]?.createdAt ?? 0

const range = fc.record({
  from: fc.integer({ min: -DAY_MS, max: 21 * DAY_MS }),
  length: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: DAY_MS }),
    fc.integer({ min: 0, max: 9 * DAY_MS }),
  ),
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  open: fc.constantFrom('none' as const, 'from' as const, 'to' as const),
  maxPerPage: fc.constantFrom(100, 50),
  figures: fc.boolean(),
})

it('gives the rows of any range, skewed as they are, and each once', async () => {
  const shop = await startWacr('shop', { rows: ROWS, tableOptions: { ties: 'shuffle' } })
  const engine = createEngine({ sources: [shop.source] })
  await fc.assert(
    fc.asyncProperty(range, async ({ from, length, direction, open, maxPerPage, figures }) => {
      Object.assign(shop.emulator.settings, { maxPerPage, totals: figures, reportPerPage: figures })
      const [low, high] = [BEGIN + from, BEGIN + from + length]
      const filter = [
        ...(open === 'from' ? [] : [sentAt('gte', low)]),
        ...(open === 'to' ? [] : [sentAt('lt', high)]),
      ]
      const sort = { field: 'createdAt', direction } as const
      const query = { filter, sort, first: 60, fields: new Set(['text'] as const) }
      const { rows } = await traverse(engine, query)
      const inside = ROWS.filter(({ timeSent, createdAt }) => {
        const time = timeSent ?? createdAt
        return (open === 'from' || time >= low) && (open === 'to' || time < high)
      })
      expect(idsOf(rows).toSorted()).toEqual(inside.map(({ id }) => String(id)).toSorted())
    }),
    { numRuns: 50, seed: 5 },
  )
})
