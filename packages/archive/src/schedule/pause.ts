import { setTimeout as delay } from 'node:timers/promises'

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
