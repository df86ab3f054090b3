import type { ArchiveStore } from '../../store/archive-store.js'

/** The names under which a sync stores how far it is. */
export type CheckpointName =
  /** What the last poll of a window saw. */
  | 'window'
  /** How fast messages came. */
  | 'arrivals'
  /** The polls of the newest messages. */
  | 'head'
  /** The scans of the messages that changed last. */
  | 'changes'
  /** The comparison with the list that is running. */
  | 'reconcile'
  /** What is to be compared, and when. */
  | 'reconcile-plan'
  /** The tasks that failed, and until when each is left alone. */
  | 'failed'
  /** The requests that count against the rate limit. */
  | 'pace'
  /** Those of them that asked for details. */
  | 'detail-pace'

/** Raised when a checkpoint's form changes: one of another form is as if it were not there. */
const FORM = 1

export function writeCheckpoint(value: unknown): string {
  return JSON.stringify([FORM, value])
}

/**
 * A checkpoint's value, null where there is none or where it cannot be read: whatever it was for begins anew then.
 * It is written by this package alone, so beyond its form it is not checked.
 */
export async function readCheckpoint<T>(
  store: ArchiveStore,
  source: string,
  name: CheckpointName,
): Promise<T | null> {
  const text = await store.checkpoint(source, name)
  if (text === null) return null
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) && parsed[0] === FORM ? (parsed[1] as T) : null
  } catch {
    return null
  }
}
