import { setTimeout as delay } from 'node:timers/promises'
import type { SourceSync } from '../sync/turn/source-sync.js'
import type { Worker } from '../sync/turn/worker.js'

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

/**
 * Waits until a time, in milliseconds since the epoch, or for the longest span if that is sooner.
 * @throws the signal's reason when it is aborted
 */
export async function pauseUntil(
  time: number,
  now: number,
  longestMs: number,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const ms = Math.max(0, Math.min(time - now, longestMs))
  try {
    await delay(ms, undefined, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
