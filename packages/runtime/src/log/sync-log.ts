import type { SyncEvent } from '@waybill/archive'
import { formatDateTime } from '@waybill/core'
import { describeDefect } from './describe-defect.js'
import type { Logger } from './logger.js'

/** Logs what an operator has to know of a sync. Normal progress is not logged. */
export function logSyncEvent(logger: Logger, event: SyncEvent): void {
  const { source } = event
  switch (event.kind) {
    case 'gap': {
      const { from, to } = event.gap
      const fields = { source, from: formatDateTime(from), to: formatDateTime(to) }
      return logger.warn(`Messages may be missing: ${CAUSES[event.cause]}`, fields)
    }
    case 'behind': {
      const { wantedMs, pollIntervalMs, limit } = event
      const fields = { source, wantedSeconds: wantedMs / 1000, pollSeconds: pollIntervalMs / 1000 }
      return logger.warn(`Messages may soon be missed: ${REMEDIES[limit]}`, fields)
    }
    case 'failed': {
      const { code, message } = event.error
      const thrown = event.thrown === undefined ? {} : { error: describeDefect(event.thrown) }
      const words = event.upstreamWords === undefined ? {} : { upstreamWords: event.upstreamWords }
      const fields = { source, code, ...words, ...thrown, retryAt: formatDateTime(event.retryAt) }
      return logger.warn(`The archive could not be updated: ${message}`, fields)
    }
    case 'schedule-failed':
      return logger.warn(`The queue of the sync fails: ${event.error.message}`, {
        code: event.error.code,
      })
    case 'restarted':
      return logger.warn(`A list is read again from its beginning: ${event.reason}`, { source })
    case 'kept-up':
      return logger.info('Polling is fast enough again', { source })
    case 'rechecked':
      return event.deleted > 0
        ? logger.info('Messages were deleted upstream', { source, count: event.deleted })
        : undefined
    case 'history':
      return event.isDone && event.purpose === 'back-fill'
        ? logger.info('The whole history is archived', { source, messages: event.read })
        : undefined
    case 'lease-lost':
      return logger.info('Another process took over the source', { source })
    case 'synced':
    case 'changes':
    case 'waiting':
      return undefined
  }
}

const CAUSES = {
  window: 'more messages arrived between two polls than the upstream lists',
  reading: "the upstream's list changed so fast that a part of its history is uncertain",
} as const

const REMEDIES = {
  minPollMs: 'lower sync.minPollSeconds of the source',
  rateLimit: 'raise rateLimit of the source, as far as the upstream allows',
} as const
