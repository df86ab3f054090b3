import type { SyncEvent } from '@waybill/archive'
import {
  connectSources,
  createLogger,
  type History,
  keepSyncing,
  type LoadedConfiguration,
  type Logger,
  logSyncEvent,
  stopSignal,
} from '@waybill/graphql/sources'
import type { CommandContext, CommandHost } from '../command-context.js'
import { ExitCode } from '../exit-code.js'
import { chooseSources, loadFor } from '../open-workspace.js'
import { interruption } from '../terminal/interruption.js'
import { UsageError } from '../usage-error.js'
import { jsonLine } from './json-line.js'
import { createSyncProgress, type SyncProgressLine } from './sync-progress.js'
import { describeWaiting, tellResults } from './tell-results.js'

/** The flags of `waybill sync`. */
export interface SyncFlags {
  readonly config?: string
  readonly watch?: boolean
  readonly json?: boolean
}

/** @returns the exit code */
export async function runSync(
  asked: readonly string[],
  { config, watch = false, json = false }: SyncFlags,
  context: CommandContext,
): Promise<number> {
  const { host } = context
  const all = await loadFor(context, config)
  if (all.configuration.archive === null) throw new UsageError([NO_ARCHIVE])
  const loaded: LoadedConfiguration = { ...all, sources: chooseSources(all.sources, asked) }
  const logger = createLogger({ secrets: loaded.secrets, stream: host.stderr })
  // What runs once is told when it is done; until then only what needs somebody to act.
  const eventLogger = watch ? logger : { ...logger, info: () => undefined }
  const progress = createSyncProgress(host.stderr, watch)
  const found = { gaps: 0 }
  const connected = await connectSources(loaded, {
    onSyncEvent: (event) => {
      if (event.kind === 'gap') found.gaps += 1
      tellEvent(event, { host, json, logger: eventLogger, progress })
    },
  })
  try {
    if (connected.history === null) throw new UsageError([NO_ARCHIVE])
    if (watch) return await watchUntilStopped(connected.history, logger, host, progress)
    return await syncOnce(connected.history, { host, json, progress, found })
  } finally {
    progress.clear()
    await connected.close()
  }
}

const NO_ARCHIVE =
  'the configuration has no archive to bring up to date. Add "archive": { "url": "sqlite:./waybill.db" } to it.'

const INTERRUPTED = 'Interrupted. What was read is kept: the same command goes on where it stopped.\n'

interface EventOutlets {
  readonly host: CommandHost
  readonly json: boolean
  readonly logger: Logger
  readonly progress: SyncProgressLine
}

function tellEvent(event: SyncEvent, { host, json, logger, progress }: EventOutlets): void {
  if (json) host.stdout.write(jsonLine(event))
  progress.clear()
  logSyncEvent(logger, event)
  // Whoever sits before it would take it for stuck.
  if (event.kind === 'waiting' && host.stderr.isTTY) host.stderr.write(describeWaiting(event))
  progress.show(event)
}

async function watchUntilStopped(
  { sync }: History,
  logger: Logger,
  host: CommandHost,
  progress: SyncProgressLine,
): Promise<number> {
  const stopped = stopSignal(host)
  const syncing = keepSyncing(sync, logger)
  const signal = await stopped
  progress.clear()
  logger.info('stopping', { signal })
  await syncing.stop()
  return ExitCode.DONE
}

interface OnceOptions {
  readonly host: CommandHost
  readonly json: boolean
  readonly progress: SyncProgressLine
  readonly found: { readonly gaps: number }
}

async function syncOnce({ sync }: History, { host, json, progress, found }: OnceOptions): Promise<number> {
  const interrupted = interruption(host)
  try {
    const results = await sync.once(undefined, interrupted.signal)
    progress.clear()
    tellResults(results, json, host)
    if (results.some(({ error }) => error !== null)) return ExitCode.FAILED
    return found.gaps > 0 || results.some(({ isComplete }) => !isComplete)
      ? ExitCode.INCOMPLETE
      : ExitCode.DONE
  } catch (error) {
    const exitCode = interrupted.exitCodeFor(error)
    progress.clear()
    if (exitCode !== ExitCode.OUTPUT_CLOSED) host.stderr.write(INTERRUPTED)
    return exitCode
  }
}
