import type { MessageProvider } from '@waybill/core'

/** Where a source's messages are read from: the upstream itself, or the archive. */
export type ReadMode = 'live' | 'archive'

/** A source of the configuration, ready to be read. */
export interface ConfiguredSource {
  /** The id from the configuration. */
  readonly id: string
  /** What people call it; the id where the configuration gives no label. */
  readonly label: string
  readonly provider: MessageProvider
  readonly read: ReadMode
}
