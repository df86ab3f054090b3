import { expect, test } from 'vitest'
import { History } from '../model/history.js'
import { BURST, change, plan } from '../model/shorthand.js'

/** So many answers are enough for any of these traversals. */
const ENOUGH = 60

const SORTS = [
  { field: 'createdAt', direction: 'desc' },
  { field: 'createdAt', direction: 'asc' },
  { field: 'updatedAt', direction: 'desc' },
  { field: 'updatedAt', direction: 'asc' },
] as const

const LISTS = [
  ['tells nothing', {}],
  ['tells totals', { tellsTotal: true }],
  ['has hidden sort keys', { skewSeconds: 60, declaredSkewSeconds: 60 }],
] as const

const CASES = SORTS.flatMap((sort) =>
  LISTS.flatMap(([what, told]) =>
    [1, 2, 5].map((bursts) => [`${sort.field} ${sort.direction}`, what, bursts, sort, told] as const),
  ),
)

test.each(CASES)(
  'one request an answer reads a list by %s that %s to its end, after it moved by %i bursts',
  async (_name, _what, bursts, sort, told) => {
    const history = new History(plan({ rows: 300, ties: 2, cap: 60, ...told }, { sort }))
    await history.page(50, 1)
    for (let nth = 0; nth < bursts; nth += 1) history.apply(change('arrive', BURST))
    for (let answer = 0; answer < ENOUGH; answer += 1) await history.page(50, 1)
    expect(history.verdict.faults()).toEqual([])
    expect(history.isDone).toBe(true)
  },
)
