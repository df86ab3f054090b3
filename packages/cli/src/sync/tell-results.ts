import type { SyncEvent, SyncResult } from '@waybill/archive'
import { formatDateTime } from '@waybill/core'
import type { CommandHost } from '../command-context.js'
import { jsonLine } from './json-line.js'

/** Prints what a sync brought, a line for each source. */
export function tellResults(results: readonly SyncResult[], json: boolean, { stdout }: CommandHost): void {
  for (const result of results) {
    stdout.write(json ? jsonLine({ kind: 'result', ...result }) : `${describeResult(result)}\n`)
  }
}

/** Why nothing happens, and for how long. */
export function describeWaiting({ source, error, until }: Extract<SyncEvent, { kind: 'waiting' }>): string {
  return `${source} waits until ${formatDateTime(until)}, as its upstream said: ${error.message} (${error.code})\n`
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
