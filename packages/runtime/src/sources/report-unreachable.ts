import { describeDefect } from '../log/describe-defect.js'
import type { Logger } from '../log/logger.js'
import { checkUpstream } from './check-upstream.js'
import type { UpstreamSource } from './configured-source.js'

/** A check that goes on by itself. */
export interface SourceCheck {
  /** Cancels what is under way, and waits for nothing: a provider may pass over the signal. */
  stop(): Promise<void>
}

/**
 * Asks each source for one message, and logs why one cannot be read and what to do: without a sync nobody else would
 * notice before the first query. The requests count and wait like all others.
 */
export function reportUnreachable(
  sources: readonly Pick<UpstreamSource, 'id' | 'upstream'>[],
  logger: Logger,
): SourceCheck {
  const stopping = new AbortController()
  for (const source of sources) void report(source, logger, stopping.signal)
  return { stop: async () => stopping.abort() }
}

async function report(
  { id, upstream }: Pick<UpstreamSource, 'id' | 'upstream'>,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  try {
    const check = await checkUpstream(upstream, signal)
    if (check.ok) return
    const { code, message, upstreamWords } = check
    const words = upstreamWords === undefined ? {} : { upstreamWords }
    logger.warn(`A source cannot be read: ${message}`, { source: id, code, ...words })
  } catch (error) {
    if (signal.aborted) return
    logger.error('A source cannot be checked', { source: id, error: describeDefect(error) })
  }
}
