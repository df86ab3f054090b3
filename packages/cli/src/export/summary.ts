import { countOf, type WaybillError } from '@waybill/core'
import { describeIncompleteness, FORMATS } from '@waybill/export'
import { type CommandHost, ExitCode } from '../command/context.js'
import type { ExportRequest } from './export-request.js'
import { describeFuture } from './query.js'
import type { WrittenPoint } from './target.js'

/** Says how an export ended, and returns the exit code for it. */
export function reportEnd(
  { messages, unexplained, bytes, reports }: WrittenPoint,
  request: ExportRequest,
  { stdout, stderr }: CommandHost,
): number {
  const { output, json } = request
  const shortcomings = describeIncompleteness(reports)
  const complete = shortcomings.length === 0
  if (json) {
    const summary = { messages, bytes, complete, shortcomings, failedWithoutReason: unexplained, output }
    const stream = output === null ? stderr : stdout
    stream.write(`${JSON.stringify(summary)}\n`)
  } else {
    if (stderr.isTTY && output !== null) {
      stderr.write(`${output} has ${countOf(messages, 'message')}.\n`)
    }
    for (const shortcoming of shortcomings) stderr.write(`incomplete: ${shortcoming}.\n`)
    if (messages === 0) stderr.write(`note: no message matches.${describeFuture(request.query.filter)}\n`)
    if (unexplained > 0 && asksForFailures(request)) stderr.write(describeUnexplained(unexplained))
  }
  return complete ? ExitCode.DONE : ExitCode.INCOMPLETE
}

/** Whether an export is about the status: in any other one, few read the reasons. */
function asksForFailures({ query }: ExportRequest): boolean {
  return query.filter.some(({ field }) => field === 'status')
}

function describeUnexplained(count: number): string {
  return (
    `note: why they failed is not known of ${countOf(count, 'failed message')}. ` +
    'An archive requests each of them once: run `waybill sync` again. Read live, some sources list no reason.\n'
  )
}

/** What to do after an export was interrupted. */
export function describeInterruption({ output, file }: ExportRequest): string {
  if (output === null) return 'Interrupted.\n'
  return FORMATS[file.format].resumable
    ? 'Interrupted. The same command with --resume continues where it stopped.\n'
    : 'Interrupted. An unfinished file of this format cannot be continued, and was removed.\n'
}

/** What went wrong, and that it is tried again. */
export function describeRetry(error: WaybillError, waitMs: number): string {
  return `${error.message} (${error.code}); trying again in ${Math.round(waitMs / 1000)} s\n`
}
