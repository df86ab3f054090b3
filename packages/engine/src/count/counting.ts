import type { SourceReport } from '../engine.js'
import type { RequestBudget } from '../fetch/budget.js'
import type { PageStore } from '../fetch/page-store.js'
import type { ParsedCounts } from './counts-query.js'
import type { SourceTally } from './tally.js'

/** What every source of one answer is counted with. */
export interface Counting {
  readonly counts: ParsedCounts
  readonly budget: RequestBudget
  readonly signal: AbortSignal
  readonly store: PageStore
}

/** What was counted of a source; no tally where it failed. */
export interface SourceCount {
  readonly tally: SourceTally | null
  readonly report: SourceReport
}
