import {
  isNatural,
  type ListRequest,
  type Message,
  type PageRequest,
  type RejectedRow,
  type SourceWarning,
} from '@waybill/core'
import type { StreamPosition } from '../cursor/position.js'
import type { Reading } from '../fetch/fetched-page.js'
import type { PageStore } from '../fetch/page-store.js'
import type { ReadPlan } from '../plan/plan.js'

/** Everything that a reader needs to read one list for one answer. */
export interface Stream {
  readonly plan: ReadPlan
  readonly store: PageStore
  readonly reading: Reading
  /** How many rows this answer is likely to take from it. */
  readonly want: number
  /** Whether what is missing from the list is reported. */
  readonly isReported: boolean
}

/** What stands next in a list. */
export type Head =
  | { readonly kind: 'row'; readonly message: Message }
  | { readonly kind: 'end' }
  /** More may follow, but not in this answer: a budget is spent. */
  | { readonly kind: 'paused' }

/** What a reader learned about its list. */
export interface StreamFacts {
  /** The parameters that the upstream answered; empty until something was fetched. */
  readonly parameters: readonly string[]
  /** The clauses that the source was to answer and passed over, so that they are evaluated here. */
  readonly ignored: readonly string[]
  /** How many rows the upstream's own filter selects; null where it does not say. */
  readonly total: number | null
  /** Nothing older can be had, in milliseconds since the epoch. */
  readonly reachesBackTo: number | null
  /** Whether matching rows exist or may exist that are older than that. */
  readonly windowLimited: boolean
  readonly warnings: readonly SourceWarning[]
  readonly rejected: readonly RejectedRow[]
}

/** A page that a reader looked at, to compare it with the same page of another list. */
export interface SeenPage {
  readonly page: PageRequest
  readonly ids: readonly string[]
  /** When it came, by `now()`. */
  readonly answeredAt: number
}

/** What a reader looked at in this answer. */
export interface Seen {
  /** How many pages brought rows. */
  readonly pages: number
  /** The last of them; without any, what is remembered of the last page of an earlier answer, if anything. */
  readonly last: SeenPage | null
  /** The ids of all rows on all pages of this answer. */
  readonly ids: ReadonlySet<string>
  /** The ids of the last rows of an earlier answer, as far as they are remembered. */
  readonly trail: readonly string[]
}

/** Yields the matching rows of one list, in its order, each once. */
export interface StreamReader {
  /** @throws UpstreamError; the signal's reason when it is aborted. */
  peek(): Promise<Head>
  /** The row that `peek` gives, where it is here; null where that has to be waited for, and where there is no row. */
  here(): Message | null
  /** Moves past the row that `peek` gave. */
  take(): void
  /** Whether another row matches, as far as that is known without a request. */
  hasMore(): boolean | null
  /** A mark for the place after the last row taken. */
  bookmark(): number
  positionAt(bookmark: number): StreamPosition
  facts(): StreamFacts
  seen(): Seen
  /**
   * How many rows match in all, whatever was read of them; null where no exact figure can be had.
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  count(): Promise<number | null>
  /** Waits for what was fetched ahead, so that nothing of this answer is under way any more. */
  settle(): Promise<void>
}

export function listRequest({ plan }: Pick<Stream, 'plan'>, page: PageRequest): ListRequest {
  return { filter: plan.pushed, search: plan.search, sort: plan.sort, fields: plan.fields, page }
}

/** Orders upstream ids: integers by value, anything else as text by code unit. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0
  if (isNatural(a) && isNatural(b) && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : 1
}
