import type { Fault } from './fault.js'
import type { ReceivedRequest } from './received-request.js'

/** One request that arrived, and what became of it. Holds nothing secret. */
export interface RequestRecord extends ReceivedRequest {
  readonly authorization: {
    /** Whether any credentials came. */
    readonly presented: boolean
    /** Whether they were right at that time. */
    readonly valid: boolean
  }
  /** When it arrived, in milliseconds since the epoch. */
  readonly time: number
  /** HTTP status of the answer; null until there is one. */
  status: number | null
  /** The kind of the fault that it met. */
  fault: Fault['kind'] | null
  /** What the upstream did not know and passed over: parameters as `name=value`. */
  ignored: string[]
}
