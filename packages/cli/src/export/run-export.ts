import { resolve } from 'node:path'
import { createEngine } from '@waybill/engine'
import { createFormat, exportMessages, type ExportJob, type ExportPoint } from '@waybill/export'
import type { ConnectedSources } from '@waybill/runtime'
import type { CommandContext, CommandHost } from '../command/context.js'
import { chooseSources, openWorkspace } from '../command/workspace.js'
import { interruption } from '../command/interruption.js'
import { createProgress, type Progress } from '../command/progress.js'
import {
  ANY_COUNTRY,
  type ExportFlags,
  type ExportRequest,
  identityOf,
  readExportRequest,
} from './export-request.js'
import { describeInterruption, describeRetry, reportEnd } from './summary.js'
import { type ExportTarget, fileTarget, streamTarget } from './target.js'
import { noteUnknownSources } from './query.js'

/** How often it is written down how far an export came, in milliseconds. */
const SAVE_EVERY_MS = 1000

/**
 * @returns the exit code
 * @throws UsageError listing everything that is wrong with the flags.
 */
export async function runExport(flags: ExportFlags, context: CommandContext): Promise<number> {
  const { host } = context
  const asked = readExportRequest(flags, ANY_COUNTRY)
  const interrupted = interruption(context)
  try {
    const workspace = await openWorkspace(context, asked.config)
    try {
      const request = readExportRequest(flags, workspace.phones)
      return await exportFrom(workspace, request, host, interrupted.signal)
    } finally {
      await workspace.close()
    }
  } catch (error) {
    const exitCode = interrupted.exitCodeFor(error)
    host.stderr.write(describeInterruption(asked))
    return exitCode
  }
}

async function exportFrom(
  workspace: ConnectedSources,
  request: ExportRequest,
  host: CommandHost,
  signal: AbortSignal,
): Promise<number> {
  chooseSources(workspace.sources, request.sources)
  noteUnknownSources(request.query.filter, workspace.sources, host)
  // Before a file is begun.
  signal.throwIfAborted()
  const target = await openTarget(request, host, signal)
  const progress = createProgress(host.stderr, 'messages', target.start.messages)
  const job = jobOf(request, workspace, target, signal, (text) => {
    progress.clear()
    host.stderr.write(text)
  })
  try {
    const end = await writeAll(job, target, progress, host.stderr.isTTY)
    progress.clear()
    return reportEnd(end, request, host)
  } finally {
    progress.clear()
    await target.close()
  }
}

async function openTarget(
  request: ExportRequest,
  host: CommandHost,
  signal: AbortSignal,
): Promise<ExportTarget> {
  const { output, mode } = request
  if (output === null) return streamTarget(host.stdout, signal)
  return fileTarget({ path: resolve(host.cwd(), output), name: output }, mode, identityOf(request))
}

function jobOf(
  { query, fields, format, csv, partial }: ExportRequest,
  { sources, history }: ConnectedSources,
  { output }: ExportTarget,
  signal: AbortSignal,
  say: (text: string) => void,
): ExportJob {
  return {
    engine: createEngine({ sources }),
    archive: history?.archive ?? null,
    archived: new Set(sources.filter(({ read }) => read === 'archive').map(({ id }) => id)),
    query,
    fields,
    format: createFormat(format, fields, csv),
    output,
    onSourceError: partial ? 'PARTIAL' : 'FAIL',
    signal,
    onRetry: (error, waitMs) => say(describeRetry(error, waitMs)),
  }
}

async function writeAll(
  job: ExportJob,
  target: ExportTarget,
  progress: Progress,
  countFirst: boolean,
): Promise<ExportPoint> {
  let last: ExportPoint = { ...target.start, bytes: job.output.bytes, total: null }
  let saved = last
  let savedAt = performance.now()
  try {
    for await (const point of exportMessages(job, target.start, countFirst)) {
      last = point
      progress.show(point.messages, point.total)
      if (performance.now() - savedAt > SAVE_EVERY_MS) {
        await target.save(point)
        saved = point
        savedAt = performance.now()
      }
    }
  } catch (error) {
    // A page that was being written is cut off by who goes on: it is not within what was saved.
    if (saved !== last) await target.save(last)
    throw error
  }
  await target.finish()
  return last
}
