import type { RunningServer } from '../server/server.js'
import { addUp } from '../server/metrics.js'
import type { Services, ServicesOptions } from '../services/open-services.js'
import { startWorkers, type WorkerPool } from './worker-pool.js'
import type { WorkerStart } from './worker.js'

/** What a worker may take beyond its limits, to close its archive and to hand over its last spans. */
const CLOSING_SECONDS = 5

/**
 * Lets workers answer requests. This process polls the upstreams for all of them, and adds up what all have counted.
 * @throws the system's error when the port cannot be had
 */
export async function serveByWorkers(
  { loaded, connected, logger, metrics }: Services,
  count: number,
  { origin, server = {}, environment = process.env }: ServicesOptions,
): Promise<RunningServer> {
  const start: WorkerStart = { origin, server, count }
  const { drainSeconds, shutdownSeconds } = loaded.configuration.server.limits
  // The first worker may be asked before the last one has started.
  let pool: WorkerPool | null = null
  pool = await startWorkers({
    count,
    environment,
    start,
    logger,
    stopMs: (drainSeconds + shutdownSeconds + CLOSING_SECONDS) * 1000,
    answers: {
      metrics: async () => addUp([await metrics.snapshot(), ...((await pool?.askAll('snapshot')) ?? [])]),
      refresh: async (source) => {
        await connected.history?.sync.refresh(String(source))
      },
    },
  })
  return pool
}
