import type { Fault } from './fault.js'

/** One request that arrived. Holds nothing secret. */
export interface RequestRecord {
  readonly method: string
  /** Path as sent, without the query. */
  readonly path: string
  /** Path and query as sent. */
  readonly url: string
  /** The query's parameters in order, decoded; a repeated one appears as often as it was sent. */
  readonly searchParams: readonly (readonly [name: string, value: string])[]
  /** The query's parameters by name, decoded; of a repeated one the last. */
  readonly params: Readonly<Record<string, string>>
  readonly headers: {
    /** Name and port under which the server was asked. */
    readonly host: string | undefined
    readonly accept: string | undefined
    readonly acceptEncoding: string | undefined
    readonly userAgent: string | undefined
  }
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
