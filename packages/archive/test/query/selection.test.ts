import {
  evaluateClause,
  isTimeClause,
  type MessageSort,
  type TimeClause,
  type TimeOperator,
} from '@waybill/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Keyset } from '../../src/query/cursor.js'
import { type Part, type Selection, tighten } from '../../src/query/selection.js'
import { message } from '../support/messages.js'

const TIMES = [1, 2, 3, 4, 5, 6]
const ROWS = TIMES.flatMap((time) => ['1', '2', '3'].map((upstreamId) => ({ time, upstreamId })))

const bounds: fc.Arbitrary<TimeClause> = fc.record({
  field: fc.constant('sentAt' as const),
  operator: fc.constantFrom<TimeOperator>('gt', 'gte', 'lt', 'lte'),
  value: fc.constantFrom(...TIMES),
})
const sorts: fc.Arbitrary<MessageSort> = fc.record({
  field: fc.constantFrom('createdAt', 'updatedAt'),
  direction: fc.constantFrom('asc', 'desc'),
})

/** The rows of a part, whatever it is sorted by: here both times are the same. */
function rowsOf({ filter }: Selection, { sort, after }: Part): Keyset[] {
  return ROWS.filter(({ time, upstreamId }) => {
    const row = message(upstreamId, { sentAt: time })
    if (!filter.every((clause) => evaluateClause(clause, row, 'shop'))) return false
    if (after === null) return true
    const place = time - after.time || Number(upstreamId) - Number(after.upstreamId)
    return sort.direction === 'asc' ? place > 0 : place < 0
  })
}

it('leaves one bound on either side, and the same rows', () => {
  fc.assert(
    fc.property(
      fc.array(bounds, { maxLength: 4 }),
      fc.option(fc.constantFrom(...ROWS)),
      sorts,
      (filter, after, sort) => {
        const wanted: Selection = { source: 'shop', filter, search: null }
        const [selection, part] = tighten(wanted, { sort, after, limit: 1 })
        expect(rowsOf(selection, part)).toEqual(rowsOf(wanted, { sort, after, limit: 1 }))
        const sides = selection.filter.filter(isTimeClause).map(({ operator }) => operator.slice(0, 2))
        const cursor = sort.direction === 'asc' ? 'gt' : 'lt'
        const all = part.after === null || sort.field === 'updatedAt' ? sides : [...sides, cursor]
        expect(all).toEqual([...new Set(all)])
      },
    ),
    { numRuns: 2000 },
  )
})
