import type { MessageProvider } from '@waybill/core'
import type { ReadMode, SourceConfiguration } from '../config/configuration.js'

/** A source of the configuration, its upstream at hand. */
export interface UpstreamSource {
  /** The id from the configuration. */
  readonly id: string
  /** What people call it; the id where the configuration gives no label. */
  readonly label: string
  readonly read: ReadMode
  readonly upstream: MessageProvider
  /** What the configuration says of it. */
  readonly section: SourceConfiguration
}

/** A source that can be queried. */
export interface ConfiguredSource extends Omit<UpstreamSource, 'section'> {
  /** What queries read: `upstream`, or the archive of it. */
  readonly provider: MessageProvider
}
