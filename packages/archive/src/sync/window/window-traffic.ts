import { type Arrivals, arrivalRate } from '../poll/arrivals.js'
import type { ArchiveStore } from '../../store/archive-store.js'
import { readCheckpoint } from '../step/checkpoint.js'
import type { SyncSource } from '../step/sync-source.js'

/** What is kept between two polls of a window beside what the last one showed. */
export interface KeptArrivals {
  readonly arrivals: Arrivals
  /** How many messages a full list holds. */
  readonly capacity: number
  /** Whether the last plan could not be had as the traffic called for it. */
  readonly isBehind: boolean
}

/**
 * When half of a window is new since it was polled, as fast as messages may come, in milliseconds since the epoch. The
 * other half is what there is left for what takes longer than expected.
 */
export async function halfReplacedAt(
  store: ArchiveStore,
  { id, provider }: SyncSource,
  polledAt: number,
  now: number,
): Promise<number> {
  const { paging } = provider.capabilities
  const kept = await readCheckpoint<KeptArrivals>(store, id, 'arrivals')
  if (paging.kind !== 'window' || kept === null) return polledAt
  return polledAt + Math.floor(kept.capacity / 2 / arrivalRate(kept.arrivals, now))
}
