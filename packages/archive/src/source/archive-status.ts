import type { TimeRange } from '@waybill/core'
import type { ArchiveStore, Gap, SyncProgress } from '../store/archive-store.js'
import type { ProvenRange } from '../store/proven.js'

/** What an archive has of a source. */
export interface ArchiveStatus extends SyncProgress {
  /** Those that were deleted upstream are among them. */
  readonly messageCount: number
  readonly deletedCount: number
  /** Over which spans the history is complete, apart from the gaps; oldest first. */
  readonly coverage: readonly TimeRange[]
  /** Where it is known to be incomplete, oldest first. */
  readonly gaps: readonly Gap[]
  /** When which span was last compared with the whole list, oldest first; no two overlap. */
  readonly proven: readonly ProvenRange[]
  /** How many rows of the upstream cannot be read, and are set aside. */
  readonly rejectedCount: number
}

export async function readArchiveStatus(store: ArchiveStore, source: string): Promise<ArchiveStatus> {
  const [{ count, deletedCount }, { coverage, gaps }, proven, rejected, progress] = await Promise.all([
    store.span(source),
    store.coverage(source),
    store.proven(source),
    store.rejectedCount(source),
    store.progress(source),
  ])
  return {
    messageCount: count,
    deletedCount,
    coverage,
    gaps,
    proven,
    rejectedCount: rejected.count,
    ...progress,
  }
}
