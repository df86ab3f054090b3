import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { reportOf } from '../support/requests.js'
import { type ModelSource, modelSource } from '../support/model-source.js'
import { idsOf, traverse } from '../support/traverse.js'

const MOST_ROWS = 300
/** Most requests for one place of a list. */
const MOST_FOR_A_PLACE = 48

const deletion = fc.record({
  count: fc.integer({ min: 1, max: MOST_ROWS }),
  first: fc.integer({ min: 1, max: 150 }),
  /** Which rows vanish, by their place in the order. */
  from: fc.integer({ min: 0, max: 150 }),
  length: fc.integer({ min: 30, max: MOST_ROWS }),
  field: fc.constantFrom('createdAt' as const, 'updatedAt' as const),
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  ties: fc.integer({ min: 1, max: 4 }),
  skewSeconds: fc.constantFrom(0, 0, 60),
  cap: fc.constantFrom(100, 40),
  figures: fc.boolean(),
})

type Deletion = typeof deletion extends fc.Arbitrary<infer T> ? T : never

/** Rows were left out above followers that a page showed, without a word. */
const ONCE_LOST: readonly Deletion[] = [
  {
    count: 163,
    first: 126,
    from: 0,
    length: 36,
    field: 'updatedAt',
    direction: 'desc',
    ties: 4,
    skewSeconds: 0,
    cap: 100,
    figures: false,
  },
  {
    count: 233,
    first: 149,
    from: 103,
    length: 35,
    field: 'updatedAt',
    direction: 'desc',
    ties: 3,
    skewSeconds: 60,
    cap: 40,
    figures: true,
  },
]

type SortColumn = 'created_at' | 'updated_at'

function idsInOrder({ settings }: ModelSource, column: SortColumn, direction: 'asc' | 'desc'): number[] {
  const sort = direction === 'asc' ? column : (`-${column}` as const)
  return settings.table.page({ sort, perPage: MOST_ROWS, seed: 1 }).map(({ id }) => id)
}

it('ends when all rows that a cursor remembers are gone, and reports whether rows may be missing', async () => {
  const told = { unsure: 0, sure: 0 }
  await fc.assert(
    fc.asyncProperty(deletion, async ({ count, first, from, length, field, direction, figures, ...rest }) => {
      const plan = { ...rest, tellsTotal: figures, tellsPageSize: figures }
      const source = modelSource('shop', 'page', count, plan)
      const query = { sort: { field, direction }, fields: new Set(['text'] as const) }
      const begun = await createEngine({ sources: [source] }).messages({ ...query, first })
      const column = field === 'createdAt' ? 'created_at' : 'updated_at'
      for (const id of idsInOrder(source, column, direction).slice(from, from + length))
        source.settings.table.delete(id)
      const read = idsOf(begun.edges)
      const left = idsInOrder(source, column, direction).map(String)
      if (!begun.pageInfo.hasNextPage) return

      source.settings.requests = 0
      const next = { ...query, first: 100, after: begun.pageInfo.endCursor }
      const engine = createEngine({ sources: [source] })
      const { pages, rows } = await traverse(engine, next)
      const isUnsure = pages.some((page) => reportOf(page, 'shop').completeness === 'UNPROVEN')
      told[isUnsure ? 'unsure' : 'sure'] += 1
      if (!isUnsure) {
        expect(idsOf(rows).toSorted()).toEqual(left.filter((id) => !read.includes(id)).toSorted())
      }
      expect(pages.length).toBeLessThanOrEqual(2 + Math.ceil(rows.length / 100))
      expect(source.settings.requests).toBeLessThanOrEqual(2 * MOST_FOR_A_PLACE)
    }),
    { numRuns: 600, seed: 31, examples: ONCE_LOST.map((each) => [each]) },
  )
  expect(told.sure).toBeGreaterThan(told.unsure)
})
