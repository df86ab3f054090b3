import type { MessageFilter, MessageSort, Paging, UpstreamErrorCode } from '@waybill/core'
import type { Lie } from './lie.js'

/** One upstream of a history. */
export interface UpstreamPlan {
  readonly kind: Paging['kind']
  readonly rows: number
  /** Most rows with one sort key. */
  readonly ties: number
  /** Most distance of one sort key from the next, in seconds. */
  readonly gapSeconds: number
  /** Most distance of `sentAt` from the sort key, in seconds. */
  readonly skewSeconds: number
  /** How far `sentAt` may lie from the sort key by what the source declares, in seconds. */
  readonly declaredSkewSeconds: number
  /** The largest page that is really served. */
  readonly cap: number
  readonly tellsTotal: boolean
  readonly tellsPageSize: boolean
  readonly tellsNextPage: boolean
  /** Whether it filters by status and interactionId itself. */
  readonly filters: boolean
  /** Empty for an honest one. */
  readonly lies: readonly Lie[]
}

/** An honest upstream without rows, which tells no figures. */
export const PLAIN_UPSTREAM: UpstreamPlan = {
  kind: 'page',
  rows: 0,
  ties: 1,
  gapSeconds: 40,
  skewSeconds: 0,
  declaredSkewSeconds: 0,
  cap: 100,
  tellsTotal: false,
  tellsPageSize: false,
  tellsNextPage: false,
  filters: false,
  lies: [],
}

/** A span of `sentAt`, as shares of the time that the first table covers; null for an open end. */
export interface RangePlan {
  readonly from: number | null
  readonly to: number | null
}

/** A traversal over tables that change meanwhile. */
export interface HistoryPlan {
  readonly seed: number
  readonly upstreams: readonly UpstreamPlan[]
  readonly sort: MessageSort
  readonly filter: MessageFilter
  readonly range: RangePlan | null
  readonly policy: 'FAIL' | 'PARTIAL'
  /** Whether the direction, which pages never list, is selected: on no page, on all, or on some. */
  readonly direction: 'never' | 'always' | 'sometimes'
}

/** A change of one table. `place` and `amount` are from 0 up to 1. */
export interface Change {
  readonly kind:
    | 'arrive'
    | 'back-date'
    | 'delete'
    | 'delete-near'
    | 'delete-at-cursor'
    | 'touch'
    | 'lower-cap'
  readonly upstream: number
  readonly place: number
  readonly amount: number
}

/** At which moments of a request the table may change. */
export type Stage = 'request' | 'counted' | 'selected'

/** How an upstream fails: before it looked, or with an answer that is lost on the way. */
export interface Fault {
  readonly code: UpstreamErrorCode
  readonly late: boolean
}

/** One step of a history. */
export type Step =
  /** Reads a page and goes on behind the row at the share `upTo` of it. */
  | { readonly do: 'page'; readonly first: number; readonly budget: number | null; readonly upTo: number }
  /** Another client begins to read the same list. */
  | { readonly do: 'other'; readonly first: number }
  | { readonly do: 'change'; readonly change: Change }
  | { readonly do: 'schedule'; readonly stage: Stage; readonly change: Change }
  | { readonly do: 'restart' }
  /** Another replica answers from here on; it shares nothing with this one but the cursor. */
  | { readonly do: 'replica' }
  | { readonly do: 'fail'; readonly upstream: number; readonly fault: Fault }
