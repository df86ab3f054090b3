import type { SyncEvent, SyncResult } from '@waybill/archive'
import { type Logger, logSyncEvent } from '@waybill/runtime'
import { formatDateTime } from '@waybill/core'
import type { CommandHost } from '../command/context.js'
import type { SyncProgress } from './sync-progress.js'

/** Reports what happens in a sync while it happens. */
export interface SyncReporter {
  /** How many gaps were found. */
  readonly gaps: number
  report(event: SyncEvent): void
  /** Removes the progress. */
  clear(): void
  /** Ends the progress. */
  close(): void
  /** Logs the failures that were left to the results, where none come. */
  logHeldFailures(): void
}

export interface SyncReporterOptions {
  readonly host: CommandHost
  readonly json: boolean
  readonly logger: Logger
  readonly progress: SyncProgress
  /** A sync that goes on has no results, so everything is logged at once. One that ends logs only what somebody has to act on. */
  readonly isWatch: boolean
}

export function createSyncReporter({
  host,
  json,
  logger,
  progress,
  isWatch,
}: SyncReporterOptions): SyncReporter {
  const eventLogger = isWatch ? logger : { ...logger, info: () => undefined }
  const heldFailures: SyncEvent[] = []
  let gaps = 0
  return {
    get gaps() {
      return gaps
    },
    report: (event) => {
      if (event.kind === 'gap') gaps += 1
      if (json) host.stdout.write(jsonLine(event))
      progress.clear()
      if (event.kind === 'failed' && event.thrown === undefined && !isWatch) heldFailures.push(event)
      else logSyncEvent(eventLogger, event)
      if (event.kind === 'waiting' && host.stderr.isTTY) host.stderr.write(describeRefusal(event))
      progress.show(event)
    },
    clear: () => progress.clear(),
    close: () => progress.close(),
    logHeldFailures: () => {
      for (const event of heldFailures) logSyncEvent(logger, event)
    },
  }
}

/** Prints what a sync brought, a line for each source. */
export function printResults(results: readonly SyncResult[], json: boolean, { stdout }: CommandHost): void {
  for (const result of results) {
    stdout.write(json ? jsonLine({ kind: 'result', ...result }) : `${describeResult(result)}\n`)
  }
}

/** Why an upstream asked to wait; empty for any other wait, which the progress shows. */
function describeRefusal({ source, error, until }: Extract<SyncEvent, { kind: 'waiting' }>): string {
  if (error === null || until === null) return ''
  return `${source} waits until ${formatDateTime(until)}, as its upstream requested:  ${error.message} (${error.code})\n`
}

function describeResult({
  source,
  added,
  changed,
  deleted,
  requests,
  isComplete,
  error,
}: SyncResult): string {
  const counts = `${count(added)} new, ${count(changed)} changed, ${count(deleted)} deleted, ${count(requests)} ${requests === 1 ? 'request' : 'requests'}`
  if (error !== null) return `${source}: ${error.message} (${error.code}); until then ${counts}`
  return `${source}: ${counts}${isComplete ? '' : '; more is left to read: run it again'}`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** What holds a point in time, in milliseconds since the epoch. */
const TIMES: ReadonlySet<string> = new Set(['from', 'to', 'observedAt', 'downTo', 'retryAt', 'until'])

/** Something that happened as one line of JSON, times in ISO 8601. What only a log may have is left out. */
function jsonLine(happened: object): string {
  return `${JSON.stringify(happened, (name, value: unknown) => {
    if (name === 'thrown') return undefined
    return typeof value === 'number' && TIMES.has(name) ? formatDateTime(value) : value
  })}\n`
}
