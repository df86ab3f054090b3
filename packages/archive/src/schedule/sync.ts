import type { SyncError } from '../store/archive-store.js'

/** What {@link Sync.once} came to for one source. */
export interface SyncResult {
  readonly source: string
  /** Messages that were not stored before. */
  readonly added: number
  /** Messages that got a new version. */
  readonly changed: number
  /** Messages that the upstream said are gone. */
  readonly deleted: number
  readonly requests: number
  /** Whether everything that the upstream lists is stored. */
  readonly isComplete: boolean
  /** Why it is not; null where it is. */
  readonly error: SyncError | null
}

/** Fills an archive from its upstreams. Any number of processes may do so at once: each source is synced by one at a time. */
export interface Sync {
  /**
   * Brings sources up to date: the newest messages, what changed, what is to be asked for by id, and the whole history
   * where it is not stored yet. A source that fails is told of in its result.
   *
   * @param sources ids of sources; default: all
   * @throws TypeError for an id that is not configured; WaybillError ARCHIVE_UNAVAILABLE; the signal's reason when it is aborted
   */
  once(sources?: readonly string[], signal?: AbortSignal): Promise<SyncResult[]>
  /**
   * Keeps sources up to date until the signal is aborted, then ends without an error. What goes wrong meanwhile is
   * told as an event, and tried again.
   *
   * @param sources ids of sources; default: all
   * @throws TypeError for an id that is not configured; WaybillError ARCHIVE_UNAVAILABLE when it cannot begin
   */
  watch(signal: AbortSignal, sources?: readonly string[]): Promise<void>
  /**
   * Waits briefly for a poll of the source when the last one is older than its `maxStalenessMs`. All who wait share
   * one. Never throws; a source that is not configured is passed over.
   */
  refresh(source: string, signal?: AbortSignal): Promise<void>
  /** Ends what {@link Sync.refresh} began. To be called before the archive is closed. */
  close(): Promise<void>
}
