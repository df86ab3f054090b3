import { once } from 'node:events'
import {
  connectSources,
  createLogger,
  type History,
  keepSyncing,
  type LoadedConfiguration,
  type Logger,
} from '@waybill/runtime'
import type { Command } from 'commander'
import { type CommandContext, ExitCode, UsageError } from '../command/context.js'
import { chooseSources, loadFor } from '../command/workspace.js'
import { interruption, type Interruption } from '../command/interruption.js'
import { addConfigOption } from '../command/shared-options.js'
import { createSyncProgress } from './sync-progress.js'
import { createSyncReporter, type SyncReporter, printResults } from './sync-reporter.js'

/** The flags of `waybill sync`. */
export interface SyncFlags {
  readonly config?: string
  readonly watch?: boolean
  readonly json?: boolean
}

/** @returns the exit code */
async function runSync(
  asked: readonly string[],
  { config, watch = false, json = false }: SyncFlags,
  context: CommandContext,
): Promise<number> {
  const { host } = context
  const all = await loadFor(context, config)
  if (all.configuration.archive === null) throw new UsageError([NO_ARCHIVE])
  const loaded: LoadedConfiguration = { ...all, sources: chooseSources(all.sources, asked) }
  const logger = createLogger({ secrets: loaded.secrets, stream: host.stderr })
  const progress = createSyncProgress(host.stderr, watch)
  const reporter = createSyncReporter({ host, json, logger, progress, isWatch: watch })
  const interrupted = interruption(context)
  const work: SyncWork = { context, json, logger, reporter, interrupted }
  try {
    return await withHistory(loaded, reporter, (history) =>
      watch ? watchUntilStopped(history, work) : syncOnce(history, work),
    )
  } catch (error) {
    reporter.logHeldFailures()
    const exitCode = interrupted.exitCodeFor(error)
    host.stderr.write(INTERRUPTED)
    return exitCode
  } finally {
    reporter.close()
  }
}

const NO_ARCHIVE =
  'the configuration has no archive to bring up to date. Add "archive": { "url": "sqlite:./waybill.db" } to it.'

const INTERRUPTED = 'Interrupted. What was read is kept: the same command continues where it stopped.\n'

interface SyncWork {
  readonly context: CommandContext
  readonly json: boolean
  readonly logger: Logger
  readonly reporter: SyncReporter
  readonly interrupted: Interruption
}

async function withHistory(
  loaded: LoadedConfiguration,
  reporter: SyncReporter,
  work: (history: History) => Promise<number>,
): Promise<number> {
  const { history, close } = await connectSources(loaded, { onSyncEvent: (event) => reporter.report(event) })
  try {
    if (history === null) throw new UsageError([NO_ARCHIVE])
    return await work(history)
  } finally {
    reporter.clear()
    await close()
  }
}

async function watchUntilStopped(
  { sync }: History,
  { context, logger, reporter, interrupted }: SyncWork,
): Promise<number> {
  const { signal } = interrupted
  const syncing = signal.aborted ? null : keepSyncing(sync, logger)
  try {
    if (!signal.aborted) await once(signal, 'abort')
    reporter.clear()
    if (context.output.failure !== null) throw context.output.failure
    logger.info('stopping', { signal: await context.stopped })
    return ExitCode.DONE
  } finally {
    await syncing?.stop()
  }
}

async function syncOnce(
  { sync }: History,
  { context, json, reporter, interrupted }: SyncWork,
): Promise<number> {
  const results = await sync.once(undefined, interrupted.signal)
  reporter.clear()
  printResults(results, json, context.host)
  if (results.some(({ error }) => error !== null)) return ExitCode.FAILED
  return reporter.gaps > 0 || results.some(({ isComplete }) => !isComplete)
    ? ExitCode.INCOMPLETE
    : ExitCode.DONE
}

/** `waybill sync`: brings the archive up to date, once or for good. */
export function declareSync(program: Command, context: CommandContext): void {
  const command = program
    .command('sync')
    .description('bring the archive up to date with its sources')
    .argument('[source...]', 'ids of the sources; default: all')
  addConfigOption(command)
    .option('--watch', 'continue until SIGINT or SIGTERM; several workers share the work')
    .option('--json', 'print what happens as one JSON object a line')
    .action(async (sources: readonly string[], flags: SyncFlags) =>
      context.finish(await runSync(sources, flags, context)),
    )
}
