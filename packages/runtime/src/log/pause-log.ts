import type { UpstreamPause } from '@waybill/core'
import type { Logger } from './logger.js'

/** Logs that requests to a source are paused because it keeps failing, and that it answers again. */
export function logPause(logger: Logger, { source, pauseMs }: UpstreamPause): void {
  if (pauseMs === 0) return logger.info('A source answers again', { source })
  return logger.warn('A source keeps failing: requests to it are paused', {
    source,
    seconds: pauseMs / 1000,
  })
}
