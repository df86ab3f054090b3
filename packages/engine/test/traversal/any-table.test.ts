import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { expectHonestReports, reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, wacrRows } from '../support/wacr-rows.js'

/** Sizes at which a last page is full, nearly full, or alone. */
const size = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc
    .tuple(fc.constantFrom(30, 50, 98, 100), fc.integer({ min: 1, max: 4 }), fc.integer({ min: -1, max: 1 }))
    .map(([served, pages, off]) => served * pages + off),
  fc.integer({ min: 13, max: 400 }),
)

const table = fc.record({
  size,
  ties: fc.integer({ min: 1, max: 6 }),
  maxPerPage: fc.constantFrom(100, 50, 30),
  totals: fc.boolean(),
  reportPerPage: fc.boolean(),
  envelope: fc.constantFrom('array', 'data-meta', 'root'),
  first: fc.constantFrom(3, 25, 49, 100, 101, 500),
  direction: fc.boolean(),
  restarts: fc.boolean(),
  seed: fc.nat({ max: 2 ** 31 }),
})

it('reads each row of any quiet table once and in order, and knows when it ends', async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ size: count, ties, first, direction, restarts, seed, ...settings }) => {
      const rows = wacrRows(count, (id) => ({ createdAt: BEGIN + Math.floor(id / ties) * 60_000 }))
      const shop = await startWacr('shop', { rows, ...settings, tableOptions: { ties: 'shuffle', seed } })
      const kept = createEngine({ sources: [shop.source] })
      const engine = {
        ...kept,
        messages: (query: Parameters<typeof kept.messages>[0]) =>
          (restarts ? createEngine({ sources: [shop.source] }) : kept).messages(query),
      }
      const fields = new Set(direction ? (['direction', 'text'] as const) : (['text'] as const))
      const { pages, rows: found } = await traverse(engine, { first, fields })
      await shop.emulator.close()
      expect(idsOf(found).toSorted()).toEqual(rows.map(({ id }) => String(id)).toSorted())
      const times = found.map(({ message }) => message.sentAt)
      expect(times).toEqual(times.toSorted((a, b) => b - a))
      expect(pages.length).toBe(Math.max(1, Math.ceil(count / first)))
      expect(pages.map((page) => reportOf(page, 'shop').error)).toEqual(pages.map(() => null))
      expectHonestReports(pages, [shop])
    }),
    { numRuns: 150, seed: 31 },
  )
})
