import { resolve } from 'node:path'
import { createEngine } from '@waybill/engine'
import { exportFile, type ExportJob, FORMATS } from '@waybill/export'
import type { ConnectedSources } from '@waybill/runtime'
import type { CommandContext, CommandHost } from '../command/context.js'
import { openWorkspace } from '../command/workspace.js'
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
import { resumableFile } from './resumable-file.js'
import { type ExportTarget, streamTarget, type WrittenPoint } from './target.js'
import { wholeFile } from './whole-file.js'
import { refuseUnknownSources } from './query.js'

/** How often it is written down how far an export came, in milliseconds. */
const SAVE_EVERY_MS = 1000

/** What was written is not read again. */
const CACHE_MIB = 2

/**
 * @returns the exit code
 * @throws UsageError listing everything that is wrong with the flags.
 */
export async function runExport(flags: ExportFlags, context: CommandContext): Promise<number> {
  const { host } = context
  const asked = readExportRequest(flags, ANY_COUNTRY, host.stdout.isTTY)
  const interrupted = interruption(context)
  try {
    const workspace = await openWorkspace(context, asked.config, { cacheMiB: CACHE_MIB })
    try {
      const request = readExportRequest(flags, workspace.phones, host.stdout.isTTY)
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
  refuseUnknownSources(request.query.filter, workspace.sources)
  // Before a file is begun.
  signal.throwIfAborted()
  const target = await openTarget(request, host, signal)
  const progress = createProgress(host.stderr, 'messages', target.start.messages)
  const job = jobOf(request, {
    workspace,
    signal,
    countFirst: host.stderr.isTTY,
    onRetry: (error, waitMs) => {
      progress.clear()
      host.stderr.write(describeRetry(error, waitMs))
    },
  })
  try {
    const end = await writeAll(job, target, progress)
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
  const { output, mode, file } = request
  if (output === null) return streamTarget(host.stdout, signal)
  const place = { path: resolve(host.cwd(), output), name: output }
  return FORMATS[file.format].resumable
    ? resumableFile(place, mode, identityOf(request))
    : wholeFile(place, mode)
}

interface JobContext {
  readonly workspace: ConnectedSources
  readonly signal: AbortSignal
  readonly countFirst: boolean
  readonly onRetry: NonNullable<ExportJob['onRetry']>
}

function jobOf({ query, file, partial }: ExportRequest, { workspace, ...context }: JobContext): ExportJob {
  const { sources, history } = workspace
  return {
    ...context,
    engine: createEngine({ sources }),
    archive: history?.archive ?? null,
    archived: new Set(sources.filter(({ read }) => read === 'archive').map(({ id }) => id)),
    query,
    file,
    onSourceError: partial ? 'PARTIAL' : 'FAIL',
  }
}

async function writeAll(job: ExportJob, target: ExportTarget, progress: Progress): Promise<WrittenPoint> {
  const { output, start } = target
  let last: WrittenPoint = { ...start, bytes: output.bytes, total: null }
  let saved = last
  // The first point is saved at once.
  let savedAt = Number.NEGATIVE_INFINITY
  try {
    for await (const { bytes, point } of exportFile(job, start)) {
      await output.write(bytes)
      last = { ...point, bytes: output.bytes }
      progress.show(last.messages, last.total)
      if (performance.now() - savedAt > SAVE_EVERY_MS) {
        await target.save(last)
        saved = last
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
