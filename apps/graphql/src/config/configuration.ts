import type { RateLimit, TrafficLimits } from '@waybill/core'
import type { ReadMode } from '../sources/configured-source.js'

/** Who may query the server: everybody, or whoever sends one of the bearer tokens. */
export type ServerAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly tokens: readonly string[] }

/** Where the server listens, and to whom it answers. */
export interface ServerConfiguration {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly auth: ServerAuth
}

/** How a source is followed, all in seconds. */
export interface SyncConfiguration {
  readonly minPollSeconds?: number | undefined
  readonly maxPollSeconds?: number | undefined
  readonly maxStalenessSeconds?: number | undefined
}

/** One source as the configuration describes it, defaults filled in. */
export interface SourceConfiguration {
  readonly id: string
  readonly label: string
  /** Name of the package that provides it. */
  readonly provider: string
  readonly read: ReadMode
  /** Handed to the provider, which checks them. */
  readonly options: Readonly<Record<string, unknown>>
  readonly rateLimit?: RateLimit | undefined
  readonly limits?: TrafficLimits | undefined
  readonly sync?: SyncConfiguration | undefined
}

/** A valid configuration, the environment's values in place and defaults filled in. */
export interface Configuration {
  readonly server: ServerConfiguration
  /** At least one; ids are unique. */
  readonly sources: readonly SourceConfiguration[]
}
