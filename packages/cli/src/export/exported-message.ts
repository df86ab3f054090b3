import type { ArchiveRecord } from '@waybill/archive'
import type { SourcedMessage } from '@waybill/engine'

/** A message on its way out. */
export interface ExportedMessage extends SourcedMessage {
  /** What the archive knows of it; null where its source is read live. */
  readonly archived: ArchiveRecord | null
}
