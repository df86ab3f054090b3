import { open, rm } from 'node:fs/promises'
import { WaybillError } from '@waybill/core'
import { encodeFindings } from '@waybill/export'
import { agreementOf, type LogEntry, openLog, type ReadLogOptions } from '@waybill/reconcile'
import {
  comparedSources,
  type ConnectedSources,
  printSummary,
  type ReconcilePhase,
  reconcileSources,
  type ReconcileRequest,
  type ReconcileSummary,
} from '@waybill/runtime'
import { type CommandContext, type CommandHost, ExitCode } from '../command/context.js'
import { interruption } from '../command/interruption.js'
import { writing } from '../command/output-error.js'
import { createProgressLines } from '../command/progress.js'
import { chooseSources, openWorkspace } from '../command/workspace.js'
import { describeRetry } from '../export/summary.js'
import { describeSummary } from './describe-summary.js'
import { describeLog } from './dry-run.js'
import { refuseExisting, workFileBeside, writeFindings } from './findings-output.js'
import { type LogFile, openLogFile } from './log-file.js'
import { type CommandFlags, readCommand, type ReconcileCommand } from './reconcile-flags.js'

/** What the log is called while it is read, and so on. */
const PHASES: Readonly<Record<ReconcilePhase, string>> = {
  entries: 'entries read',
  messages: 'messages read',
  findings: 'findings',
}

/**
 * @param name - the log; `-` for standard input
 * @returns the exit code
 * @throws UsageError listing everything that is wrong with the flags; LogError for a log that cannot be read.
 */
export async function runReconcile(
  name: string,
  flags: CommandFlags,
  context: CommandContext,
): Promise<number> {
  const { host } = context
  // Mistakes in the flags are reported before anything is opened.
  readCommand(name, flags, {}, host.stdout.isTTY)
  const file = await openLogFile(name, host)
  const interrupted = interruption(context)
  try {
    const workspace = await openWorkspace(context, flags.config)
    try {
      const command = readCommand(name, flags, workspace.phones, host.stdout.isTTY)
      chooseSources(workspace.sources, command.sources)
      if (command.isDryRun) {
        host.stdout.write(await describeLog(await openLog(file.read(), command.log)))
        return ExitCode.DONE
      }
      return await reconcile(file, command, workspace, host, interrupted.signal)
    } finally {
      await workspace.close()
    }
  } catch (error) {
    const exitCode = interrupted.exitCodeFor(error)
    const isKept = flags.output !== undefined && name !== '-'
    host.stderr.write(
      isKept ? 'Interrupted. The same command with --resume continues where it stopped.\n' : 'Interrupted.\n',
    )
    return exitCode
  }
}

async function reconcile(
  file: LogFile,
  command: ReconcileCommand,
  workspace: ConnectedSources,
  host: CommandHost,
  signal: AbortSignal,
): Promise<number> {
  const progress = createProgressLines(host.stderr)
  const work = await workFileOf(file, command, host, signal)
  const request: ReconcileRequest = {
    entries: entriesOf(file, command.log),
    sources: comparedSources(workspace.sources, workspace.history?.archive ?? null, {
      ids: command.sources,
      isLive: command.isLive,
      withContent: true,
    }),
    settings: command.settings,
    work,
    signal,
    onRetry: (error, waitMs) => {
      progress.clear()
      host.stderr.write(describeRetry(error, waitMs))
    },
    onProgress: (phase, count) => progress.show(() => [`${count.toLocaleString('en-US')} ${PHASES[phase]}`]),
  }
  try {
    const reconciliation = await reconcileSources(request)
    try {
      progress.clear()
      const { format, output, log, failOn } = command
      const { summary } = reconciliation
      const bytes = encodeFindings(reconciliation, {
        format,
        bom: output !== null,
        timeZone: log.timeZone ?? 'UTC',
        report: { summary, agreement: agreementOf(summary, failOn) },
      })
      await writeFindings(bytes, output, host, signal)
    } finally {
      reconciliation.close()
    }
    await removeWork(work)
    return reportEnd(reconciliation.summary, command, host)
  } catch (error) {
    // There is nothing to resume where log or settings are wrong.
    if (error instanceof WaybillError && error.info.actor === 'caller') await removeWork(work)
    else if (work !== undefined && !signal.aborted) {
      progress.clear()
      host.stderr.write('What was read is kept: the same command with --resume continues where it stopped.\n')
    }
    throw error
  } finally {
    progress.clear()
  }
}

/** The file beside the output that keeps the work until it is done; undefined where nothing can be resumed. */
async function workFileOf(
  file: LogFile,
  { output, isResumed, isOverwriting, settings, log, sources, isLive }: ReconcileCommand,
  host: CommandHost,
  signal: AbortSignal,
): Promise<ReconcileRequest['work']> {
  if (output === null) return undefined
  if (!isOverwriting) await refuseExisting(output, isResumed, host)
  const digest = await file.digest(signal)
  if (digest === null) return undefined
  const path = workFileBeside(output, host)
  await writing(output, async () => {
    if (!isResumed) await rm(path, { force: true })
    // An output that cannot be written is found out now, and not when everything is done.
    await (await open(path, 'a', 0o600)).close()
  })
  const { national, ...reading } = log
  return {
    path,
    identity: JSON.stringify({ digest, settings, reading, country: national?.country, sources, isLive }),
  }
}

async function removeWork(work: ReconcileRequest['work']): Promise<void> {
  if (work !== undefined) await rm(work.path, { force: true })
}

async function* entriesOf(file: LogFile, options: ReadLogOptions): AsyncGenerator<LogEntry, void, undefined> {
  const { entries } = await openLog(file.read(), options)
  yield* entries
}

/** Prints the summary. @returns the exit code that follows from it */
function reportEnd(
  summary: ReconcileSummary,
  { output, json, failOn }: ReconcileCommand,
  { stdout, stderr }: CommandHost,
): number {
  const agreement = agreementOf(summary, failOn)
  if (json) (output === null ? stderr : stdout).write(`${printSummary(summary)}\n`)
  else stderr.write(describeSummary(summary, agreement, failOn))
  if (agreement === 'AGREES') return ExitCode.DONE
  return agreement === 'DIFFERS' ? ExitCode.DIFFERENCES : ExitCode.INCOMPLETE
}
