import type { PageReport } from '@waybill/core'
import { type FalseWord, type Lie, liesOf } from './lie.js'
import type { UpstreamPlan } from './plan.js'

/** What every so manyth row of a list loses where a few are hidden. */
const FEW = 61

/** The rows of a page that are not hidden. */
export function remaining<Row extends { readonly id: number }>(
  plan: UpstreamPlan,
  rows: readonly Row[],
): readonly Row[] {
  return rows.filter(({ id }) => !isHidden(plan, id))
}

export function isHidden({ lies, rows }: UpstreamPlan, id: number): boolean {
  return liesOf(lies, 'hidden-rows').some(({ shape, place, amount }) => {
    if (shape === 'few') return id % FEW === Math.floor(place * FEW)
    if (shape === 'share') return scattered(id) < 0.05 + 0.6 * amount
    const from = 1 + place * rows
    return id >= from && id < from + 1 + 0.4 * amount * rows
  })
}

export function isUnreadable(lies: readonly Lie[], id: number): boolean {
  return liesOf(lies, 'unreadable-rows').some(({ every }) => id % every === 0)
}

/** A number from 0 up to 1 for each id, as if it were random. */
function scattered(id: number): number {
  return ((Math.imul(id, 0x9e3779b1) ^ (id << 7)) >>> 0) / 2 ** 32
}

/** The figures of a page as they are told by one that does not keep to the truth. */
export function falsified(lies: readonly Lie[], told: PageReport, page: number): PageReport {
  return liesOf(lies, 'false-figure').reduce<PageReport>((figures, { figure, says }) => {
    if (figure === 'hasNextPage') {
      if (typeof figures.hasNextPage !== 'boolean') return figures
      return { ...figures, hasNextPage: says === 'more' || says === 'constant' }
    }
    const value = figures[figure]
    return value === null ? figures : { ...figures, [figure]: falseNumber(value, says, page) }
  }, told)
}

function falseNumber(value: number, says: FalseWord, page: number): number {
  switch (says) {
    case 'more':
      return value + Math.max(1, Math.floor(value / 3)) + page
    case 'less':
      return Math.max(0, Math.floor(value / 2))
    case 'constant':
      return 15
    case 'zero':
      return 0
  }
}
