import { createEngine, type MessageCounts } from '@waybill/engine'
import type { CommandContext } from '../command/context.js'
import { interruption } from '../command/interruption.js'
import { openWorkspace } from '../command/workspace.js'
import { ANY_COUNTRY } from '../export/export-request.js'
import { refuseUnknownSources } from '../export/query.js'
import { COUNT_KEYS_BY_NAME, type CountFlags, type CountRequest, readCountRequest } from './count-request.js'
import { reportCounts } from './report-counts.js'

/**
 * @returns the exit code
 * @throws UsageError listing everything that is wrong with the flags.
 */
export async function runCount(flags: CountFlags, context: CommandContext): Promise<number> {
  const { environment, host } = context
  readCountRequest(flags, ANY_COUNTRY)
  const interrupted = interruption(context)
  try {
    const workspace = await openWorkspace(context, flags.config)
    try {
      const request = readCountRequest(flags, workspace.phones)
      refuseUnknownSources(request.query.filter, workspace.sources)
      const { sources } = workspace
      const counts = await countMessages(request, createEngine({ sources }), interrupted.signal)
      return reportCounts(counts, request, host, environment)
    } finally {
      await workspace.close()
    }
  } catch (error) {
    const exitCode = interrupted.exitCodeFor(error)
    host.stderr.write('Interrupted.\n')
    return exitCode
  }
}

async function countMessages(
  { query, by, zone, maxRequests, partial }: CountRequest,
  engine: ReturnType<typeof createEngine>,
  signal: AbortSignal,
): Promise<MessageCounts> {
  return engine.counts({
    ...query,
    by: by.map((name) => COUNT_KEYS_BY_NAME[name]),
    timeZone: zone.name,
    onSourceError: partial ? 'PARTIAL' : 'FAIL',
    maxUpstreamRequests: maxRequests,
    signal,
  })
}
