import type { SourceSync } from '../sync/source-sync.js'
import type { Worker } from '../sync/worker.js'
import { pauseUntil } from './pause.js'

/** Another process may change what is due, so it is looked up at least so often. */
const LONGEST_PAUSE_MS = 5000

/** Keeps sources up to date by timers of this process, until the signal is aborted. */
export async function watchByTimers(
  worker: Worker,
  syncs: readonly SourceSync[],
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(
    syncs.map(async (sync) => {
      while (!signal.aborted) {
        try {
          const next = await worker.turn(sync, signal)
          await pauseUntil(next, now(), LONGEST_PAUSE_MS, signal)
        } catch (error) {
          if (!signal.aborted) throw error
        }
      }
    }),
  )
}
