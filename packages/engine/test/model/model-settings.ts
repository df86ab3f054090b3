import type { WacrTable } from '@waybill/emulators'
import type { Fault, Stage, UpstreamPlan } from './plan.js'

/** How an upstream of the model serves its table. May be changed while it is read. */
export interface ModelSettings {
  readonly source: string
  readonly plan: UpstreamPlan
  readonly table: WacrTable
  /** The largest page that is really served. */
  cap: number
  /** How the next requests fail. */
  readonly faults: Fault[]
  readonly onStage: (stage: Stage) => void
  /** How many requests came, and how many of them failed as told by `faults`. */
  requests: number
  passingFailures: number
  /** Ids of the rows that cannot be read and were on a page. */
  readonly rejected: Set<string>
}
