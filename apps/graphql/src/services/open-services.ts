import {
  type ConnectedSources,
  connectSources,
  type ConnectOptions,
  createLogger,
  loadConfiguration,
  type LoadedConfiguration,
  type LoadOptions,
  type Logger,
  logPause,
  logSyncEvent,
} from '@waybill/runtime'
import { createMetrics, type Metrics } from '../server/metrics.js'

export interface ServicesOptions
  extends Omit<LoadOptions, 'onAttempt' | 'onPause'>, Pick<ConnectOptions, 'refresh'> {
  /** Makes the logger, once it is known what it has to keep out. Default: lines on standard error. */
  readonly createLogger?: ((secrets: readonly string[]) => Logger) | undefined
}

/** What a server is made of. */
export interface Services {
  readonly loaded: LoadedConfiguration
  readonly connected: ConnectedSources
  readonly logger: Logger
  readonly metrics: Metrics
}

/**
 * Opens what a configuration describes. Nothing is sent upstream.
 * @throws ConfigurationError listing everything that is wrong with it; WaybillError ARCHIVE_UNAVAILABLE
 */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const metrics = createMetrics()
  const loaded = await loadConfiguration({
    ...options,
    onAttempt: (attempt) => metrics.sources.upstreamAttempt(attempt),
    onPause: (pause) => {
      metrics.sources.upstreamPause(pause)
      logPause(logger, pause)
    },
  })
  // Nothing was sent upstream so far.
  const logger = options.createLogger?.(loaded.secrets) ?? createLogger({ secrets: loaded.secrets })
  const connected = await connectSources(loaded, {
    refresh: options.refresh,
    onSyncEvent: (event) => {
      metrics.syncEvent(event)
      logSyncEvent(logger, event)
    },
  })
  return { loaded, connected, logger, metrics }
}
