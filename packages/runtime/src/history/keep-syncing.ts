import { setTimeout as wait } from 'node:timers/promises'
import type { Sync } from '@waybill/archive'
import { describeDefect } from '../log/describe-defect.js'
import type { Logger } from '../log/logger.js'

/** A sync that goes on by itself. */
export interface Syncing {
  /** Resolves once nothing is under way any more. */
  stop(): Promise<void>
}

/** How long to wait before a sync that broke down is started again, in milliseconds. */
const PAUSE_MS = 5000

/** Keeps the archive up to date until it is told to stop. Should the sync itself break down, it is started again. */
export function keepSyncing(sync: Sync, logger: Logger): Syncing {
  const stopping = new AbortController()
  const { signal } = stopping
  const done = watch(sync, logger, signal)
  return {
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

async function watch(sync: Sync, logger: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sync.watch(signal)
    } catch (error) {
      if (signal.aborted) return
      logger.error('The sync failed unexpectedly and is restarted', { error: describeDefect(error) })
    }
    await wait(PAUSE_MS, undefined, { signal }).catch(() => undefined)
  }
}
