import { once } from 'node:events'
import {
  connectSources,
  createLogger,
  type History,
  keepSyncing,
  type LoadedConfiguration,
  type Logger,
} from '@waybill/runtime'
import type { CommandContext } from '../command-context.js'
import { ExitCode } from '../exit-code.js'
import { chooseSources, loadFor } from '../open-workspace.js'
import { interruption, type Interruption } from '../terminal/interruption.js'
import { UsageError } from '../usage-error.js'
import { createSyncProgress } from './sync-progress.js'
import { createSyncTeller, type SyncTeller } from './sync-teller.js'
import { tellResults } from './tell-results.js'

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
  const progress = createSyncProgress(host.stderr, watch)
  const teller = createSyncTeller({ host, json, logger, progress, isWatch: watch })
  const interrupted = interruption(context)
  const work: SyncWork = { context, json, logger, teller, interrupted }
  try {
    return await withHistory(loaded, teller, (history) =>
      watch ? watchUntilStopped(history, work) : syncOnce(history, work),
    )
  } catch (error) {
    teller.tellHeldBack()
    const exitCode = interrupted.exitCodeFor(error)
    if (exitCode !== ExitCode.OUTPUT_CLOSED) host.stderr.write(INTERRUPTED)
    return exitCode
  }
}

const NO_ARCHIVE =
  'the configuration has no archive to bring up to date. Add "archive": { "url": "sqlite:./waybill.db" } to it.'

const INTERRUPTED = 'Interrupted. What was read is kept: the same command goes on where it stopped.\n'

interface SyncWork {
  readonly context: CommandContext
  readonly json: boolean
  readonly logger: Logger
  readonly teller: SyncTeller
  readonly interrupted: Interruption
}

async function withHistory(
  loaded: LoadedConfiguration,
  teller: SyncTeller,
  work: (history: History) => Promise<number>,
): Promise<number> {
  const { history, close } = await connectSources(loaded, { onSyncEvent: (event) => teller.tell(event) })
  try {
    if (history === null) throw new UsageError([NO_ARCHIVE])
    return await work(history)
  } finally {
    teller.clear()
    await close()
  }
}

async function watchUntilStopped(
  { sync }: History,
  { context, logger, teller, interrupted }: SyncWork,
): Promise<number> {
  const { signal } = interrupted
  const syncing = signal.aborted ? null : keepSyncing(sync, logger)
  try {
    if (!signal.aborted) await once(signal, 'abort')
    teller.clear()
    const exitCode = interrupted.exitCodeFor(signal.reason)
    if (exitCode === ExitCode.OUTPUT_CLOSED) return exitCode
    logger.info('stopping', { signal: await context.stopped })
    return ExitCode.DONE
  } finally {
    await syncing?.stop()
  }
}

async function syncOnce(
  { sync }: History,
  { context, json, teller, interrupted }: SyncWork,
): Promise<number> {
  const results = await sync.once(undefined, interrupted.signal)
  teller.clear()
  tellResults(results, json, context.host)
  if (results.some(({ error }) => error !== null)) return ExitCode.FAILED
  return teller.gaps > 0 || results.some(({ isComplete }) => !isComplete)
    ? ExitCode.INCOMPLETE
    : ExitCode.DONE
}
