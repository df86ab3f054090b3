import type { ListRequest, ListResult } from '@waybill/core'
import type { Part } from '../plan/split-by-direction.js'
import type { RequestBudget } from './budget.js'

/** What a page was asked for beside its place: how much of its messages, and what is known of the others. */
export type WantedFacts = Pick<ListRequest, 'fields' | 'untold'>

/** What came back for a list request, and when. */
export interface FetchedPage {
  readonly result: ListResult
  /** When it was asked for and when it came, by `now()`. */
  readonly askedAt: number
  readonly answeredAt: number
  readonly wanted: WantedFacts
}

/** On whose behalf a page is fetched. */
export interface Reading {
  readonly source: Part
  readonly budget: RequestBudget
  readonly signal: AbortSignal | undefined
  /** When the traversal began, by `now()`: a page that was answered by then does not serve it. */
  readonly begunAt: number
}
