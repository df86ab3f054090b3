import type { SyncEvent } from '@waybill/archive'
import { type Logger, logSyncEvent } from '@waybill/runtime'
import type { CommandHost } from '../command-context.js'
import { jsonLine } from './json-line.js'
import type { SyncProgressLine } from './sync-progress.js'
import { describeWaiting } from './tell-results.js'

/** Tells what happens in a sync while it happens. */
export interface SyncTeller {
  /** How many gaps were found. */
  readonly gaps: number
  tell(event: SyncEvent): void
  /** Takes the progress away. */
  clear(): void
  /** Logs the failures that were left to the results, where none come. */
  tellHeldBack(): void
}

export interface SyncTellerOptions {
  readonly host: CommandHost
  readonly json: boolean
  readonly logger: Logger
  readonly progress: SyncProgressLine
  /** What goes on has no results: then everything is logged at once. What runs once is told in the end, but for what needs somebody to act. */
  readonly isWatch: boolean
}

export function createSyncTeller({ host, json, logger, progress, isWatch }: SyncTellerOptions): SyncTeller {
  const eventLogger = isWatch ? logger : { ...logger, info: () => undefined }
  const heldBack: SyncEvent[] = []
  let gaps = 0
  return {
    get gaps() {
      return gaps
    },
    tell: (event) => {
      if (event.kind === 'gap') gaps += 1
      if (json) host.stdout.write(jsonLine(event))
      progress.clear()
      if (event.kind === 'failed' && event.thrown === undefined && !isWatch) heldBack.push(event)
      else logSyncEvent(eventLogger, event)
      // Whoever sits before it would take it for stuck.
      if (event.kind === 'waiting' && host.stderr.isTTY) host.stderr.write(describeWaiting(event))
      progress.show(event)
    },
    clear: () => progress.clear(),
    tellHeldBack: () => {
      for (const event of heldBack) logSyncEvent(logger, event)
    },
  }
}
