import type { Message, SourceWarningCode } from '@waybill/core'
import type { Census } from './census.js'
import type { HistoryPlan, UpstreamPlan } from './plan.js'

/** What a traversal brought of one source, and what was said of it. */
export interface Evidence {
  readonly history: HistoryPlan
  readonly upstream: UpstreamPlan
  readonly census: Census
  readonly yielded: readonly Message[]
  /** Ids of the rows that cannot be read and were on a page. */
  readonly rejected: ReadonlySet<string>
  /** The codes of all answers. */
  readonly codes: ReadonlySet<SourceWarningCode>
  /** Why the source is out of the traversal; null while it is in. */
  readonly error: string | null
  /** Whether the traversal was broken off before its end. */
  readonly isCut: boolean
}
