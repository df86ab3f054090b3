import type { UpstreamRest } from '@waybill/core'
import type { Logger } from './logger.js'

/** Logs that a source is left alone because it keeps failing, and that it answers again. */
export function logRest(logger: Logger, { source, restMs }: UpstreamRest): void {
  if (restMs === 0) return logger.info('A source answers again', { source })
  return logger.warn('A source keeps failing: requests to it are paused', {
    source,
    seconds: restMs / 1000,
  })
}
