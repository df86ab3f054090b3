import { type ConfigurationOrigin, createLogger, describeDefect, stopSignal } from '@waybill/runtime'
import type { RunningServer } from '../server/server.js'
import { openServices } from '../services/open-services.js'
import { serveRequests } from '../services/serve-requests.js'
import { startTracing } from '../services/tracing.js'
import { openChannel } from './channel.js'

/** What a worker is to serve. */
export interface WorkerStart {
  readonly origin: ConfigurationOrigin
  readonly server: { readonly host?: string | undefined; readonly port?: number | undefined }
  /** How many workers share what an upstream allows. */
  readonly count: number
}

interface RunningWorker extends RunningServer {
  /** What it has counted. */
  snapshot(): Promise<unknown>
}

/**
 * A process that answers requests, and does nothing else: the one that started it polls the upstreams, and adds up the
 * figures. Ends when that one says so, or at a signal.
 * @returns the exit code
 */
export async function runWorker(host: NodeJS.Process): Promise<number> {
  const stopAsked = Promise.withResolvers<void>()
  const state: { running: Promise<RunningWorker> | null } = { running: null }
  const channel = openChannel(
    {
      send: (message) => host.connected && host.send?.(message) === true,
      receive: (listener) => void host.on('message', listener),
      gone: (listener) => void host.once('disconnect', listener),
    },
    {
      start: async (value) => {
        state.running = start(value as WorkerStart)
        return (await state.running).url
      },
      stop: () => stopAsked.resolve(),
      snapshot: async () => (await state.running)?.snapshot(),
    },
  )

  async function render(): Promise<string> {
    return (await channel.ask('metrics')) as string
  }

  async function start({ origin, server, count }: WorkerStart): Promise<RunningWorker> {
    const tracing = await startTracing(host.env)
    const services = await openServices({
      origin,
      server,
      sharing: count,
      createLogger: (secrets) => {
        const logger = createLogger({ secrets, stream: host.stderr })
        host.on('uncaughtException', (error) => {
          logger.error('stopped by an unexpected error', { error: describeDefect(error) })
          host.exit(1)
        })
        return logger
      },
      refresh: async (source) => void (await channel.ask('refresh', source)),
    })
    const { metrics, connected } = services
    const running = await serveRequests({ ...services, metrics: { ...metrics, render } })
    return {
      url: running.url,
      snapshot: () => metrics.snapshot(),
      close: async () => {
        await running.close()
        await connected.close()
        await tracing?.close()
      },
    }
  }

  await Promise.race([stopSignal(host), stopAsked.promise])
  await (await state.running)?.close()
  if (host.connected) host.disconnect?.()
  return 0
}
