import { createEngine } from '@waybill/engine'
import {
  type ConnectedSources,
  connectSources,
  createLogger,
  keepSyncing,
  loadConfiguration,
  type LoadedConfiguration,
  type LoadOptions,
  type Logger,
  logRest,
  logSyncEvent,
  type ServerAuth,
  reportUnreachable,
} from '@waybill/runtime'
import { schema } from '../schema/schema.js'
import { createMetrics } from '../server/metrics.js'
import { type RunningServer, type ServerOptions, startServer } from '../server/server.js'
import { readPersistedDocuments } from './persisted-documents.js'

export interface StartOptions extends Omit<LoadOptions, 'onAttempt' | 'onRest'> {
  /** Makes the logger, once it is known what it has to keep out. Default: lines on standard error. */
  readonly createLogger?: ((secrets: readonly string[]) => Logger) | undefined
}

/**
 * Serves what a configuration describes, and keeps its archive up to date meanwhile.
 * @throws ConfigurationError listing everything that is wrong with it; WaybillError ARCHIVE_UNAVAILABLE; the system's
 *   error when the port cannot be had.
 */
export async function startWaybill(options: StartOptions): Promise<RunningServer> {
  const metrics = createMetrics()
  const loaded = await loadConfiguration({
    ...options,
    onAttempt: (attempt) => metrics.sources.upstreamAttempt(attempt),
    onRest: (rest) => {
      metrics.sources.upstreamRest(rest)
      logRest(logger, rest)
    },
  })
  // Nothing was sent upstream so far.
  const logger = options.createLogger?.(loaded.secrets) ?? createLogger({ secrets: loaded.secrets })
  const connected = await connectSources(loaded, {
    onSyncEvent: (event) => {
      metrics.syncEvent(event)
      logSyncEvent(logger, event)
    },
  })
  try {
    return await serve(loaded, connected, { logger, metrics })
  } catch (error) {
    await connected.close()
    throw error
  }
}

async function serve(
  { configuration, folder, secrets }: LoadedConfiguration,
  { sources, history, phones, close }: ConnectedSources,
  { logger, metrics }: Pick<ServerOptions, 'logger' | 'metrics'>,
): Promise<RunningServer> {
  const archive = history?.archive ?? null
  if (archive !== null) {
    metrics.follow(
      archive,
      sources.map(({ id }) => id),
    )
  }
  warnOfWeakTokens(configuration.server.auth, logger)
  const measured = sources.map((source) => ({
    ...source,
    provider: metrics.sources.measured(source.id, source.provider),
  }))
  const engine = createEngine({ sources: measured, observer: metrics.sources.engine })
  const server = await startServer({
    ...configuration.server,
    cursorKeys: cursorKeysOf(configuration.server.cursorKeys, secrets),
    documents: await readPersistedDocuments(configuration.server.graphql, folder, schema),
    engine,
    sources,
    archive,
    phones,
    logger,
    metrics,
  })
  // A sync logs itself what it cannot read.
  const background = history === null ? reportUnreachable(sources, logger) : keepSyncing(history.sync, logger)
  return {
    url: server.url,
    close: async () => {
      await Promise.all([server.close(), background.stop()])
      await close()
    },
  }
}

/** Shorter tokens can be guessed. */
const WEAK_BELOW = 16

function warnOfWeakTokens(auth: ServerAuth, logger: Logger): void {
  if (auth.kind === 'none') return
  for (const [index, { length }] of auth.bearerTokens.entries()) {
    if (length >= WEAK_BELOW) continue
    const path = `server.auth.bearerTokens[${index}]`
    logger.warn(`A token has fewer than ${WEAK_BELOW} characters and can be guessed`, { path })
  }
}

// The secrets of a configuration are the same on all replicas and after a restart.
function cursorKeysOf(configured: readonly string[], secrets: readonly string[]): readonly string[] {
  return configured.length > 0 ? configured : [JSON.stringify(secrets.toSorted())]
}
