import { keepSyncing, type Logger, type ServerAuth, reportUnreachable } from '@waybill/runtime'
import { areCursorKeysWeak } from '../access/cursor-keys.js'
import type { RunningServer } from '../server/server.js'
import { serveByWorkers } from '../workers/serve-by-workers.js'
import { openServices, type Services, type ServicesOptions } from '../services/open-services.js'
import { serveRequests } from '../services/serve-requests.js'

export type StartOptions = Omit<ServicesOptions, 'refresh' | 'sharing'>

/**
 * Serves what a configuration describes, in this process or in workers, and keeps its archive up to date meanwhile.
 * @throws ConfigurationError listing everything that is wrong with it; WaybillError ARCHIVE_UNAVAILABLE; the system's
 *   error when the port cannot be had.
 */
export async function startWaybill(options: StartOptions): Promise<RunningServer> {
  const services = await openServices(options)
  try {
    return await serve(services, options)
  } catch (error) {
    await services.connected.close()
    throw error
  }
}

async function serve(services: Services, options: StartOptions): Promise<RunningServer> {
  const { connected, logger, metrics } = services
  const { sources, history, close } = connected
  const { configuration, secrets } = services.loaded
  const { auth, workers } = configuration.server
  if (history !== null) {
    metrics.follow(
      history.archive,
      sources.map(({ id }) => id),
    )
  }
  warnOfWeakTokens(auth, logger)
  if (areCursorKeysWeak(configuration.server, secrets))
    logger.warn('Callers could forge cursors: give secrets of at least 16 characters as server.cursorKeys')
  const server =
    workers === 1 ? await serveRequests(services) : await serveByWorkers(services, workers, options)
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
