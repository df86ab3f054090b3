import { createEngine } from '@waybill/engine'
import { loadConfiguration, type LoadOptions } from '../config/load-configuration.js'
import { createLogger, type Logger } from '../log/logger.js'
import { createMetrics } from '../server/metrics.js'
import { startServer, type RunningServer } from '../server/server.js'

export interface StartOptions extends Omit<LoadOptions, 'onAttempt'> {
  /** Makes the logger, once it is known what it has to keep out. Default: lines on standard error. */
  readonly createLogger?: ((secrets: readonly string[]) => Logger) | undefined
}

/**
 * Serves what a configuration describes.
 * @throws ConfigurationError listing everything that is wrong with it; the system's error when the port cannot be had.
 */
export async function startWaybill(options: StartOptions): Promise<RunningServer> {
  const metrics = createMetrics()
  const { configuration, sources, secrets } = await loadConfiguration({
    ...options,
    onAttempt: (attempt) => metrics.upstreamAttempt(attempt),
  })
  const logger = options.createLogger?.(secrets) ?? createLogger({ secrets })
  const engine = createEngine({ sources })
  return startServer({ ...configuration.server, engine, sources, logger, metrics })
}
