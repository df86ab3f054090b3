import {
  type ConfigurationOrigin,
  createLogger,
  describeFailure,
  describeUsageErrors,
  type Environment,
  type StartFailure,
  findConfiguration,
  type SignalHost,
  stopSignal,
} from '@waybill/runtime'
import type { ExitHost } from '../demo/temp-dir.js'
import { readSettings, type Settings } from './settings.js'
import { startWaybill } from './start-waybill.js'
import { startTracing } from '../services/tracing.js'
import { usage } from './usage.js'
import { readVersion } from '../services/version.js'

/** The process that the server runs in. */
export type RunHost = SignalHost & ExitHost & Pick<NodeJS.Process, 'cwd' | 'stdout' | 'stderr'>

export interface RunOptions {
  /** What it is called, for its own help. */
  readonly command?: string | undefined
  /** Resolves when the process has to stop; default: at the next SIGINT or SIGTERM. */
  readonly stopped?: Promise<NodeJS.Signals> | undefined
}

/**
 * The command: serves until a signal comes.
 * @param argv Without the names of the program and of the script.
 * @returns The exit code: 0 stopped by a signal, 1 could not run, 2 wrong usage or configuration.
 */
export async function run(
  argv: readonly string[],
  environment: Environment,
  host: RunHost = process,
  { command = 'waybill-graphql', stopped = stopSignal(host) }: RunOptions = {},
): Promise<number> {
  const settings = readSettings(argv, environment)
  if (settings.errors.length > 0) return fail(describeUsageErrors(settings.errors), host)
  if (settings.action !== 'serve') {
    host.stdout.write(settings.action === 'help' ? usage(command) : `${await readVersion()}\n`)
    return 0
  }
  try {
    await serve({ settings, environment, host, stopped })
    return 0
  } catch (error) {
    return fail(describeFailure(error, settings.givenBy), host)
  }
}

function fail({ exitCode, text }: StartFailure, host: RunHost): number {
  host.stderr.write(text)
  return exitCode
}

interface ServeOptions {
  readonly settings: Settings
  readonly environment: Environment
  readonly host: RunHost
  readonly stopped: Promise<NodeJS.Signals>
}

async function serve(options: ServeOptions): Promise<void> {
  const { settings, host } = options
  const file = findConfiguration(settings.config, options.environment, host.cwd())
  if (file !== undefined) return serveFrom({ file }, options)
  // The emulators are for nobody else.
  const { startDemo } = await import('../demo/demo.js')
  const demo = await startDemo(host)
  try {
    host.stderr.write(demo.introduction)
    await serveFrom(demo.origin, options)
  } finally {
    await demo.close()
  }
}

async function serveFrom(
  origin: ConfigurationOrigin,
  { settings, environment, host, stopped }: ServeOptions,
): Promise<void> {
  const tracing = await startTracing(environment)
  const server = await startWaybill({
    origin,
    environment,
    server: { host: settings.host, port: settings.port },
    givenBy: settings.givenBy,
    createLogger: (secrets) => {
      const logger = createLogger({ secrets, stream: host.stderr })
      // Node itself would print the stack, with whatever secret the message holds.
      host.on('uncaughtException', (error) => {
        logger.error('stopped by an unexpected error', { error })
        host.exit(1)
      })
      void stopped.then((signal) => logger.info('stopping', { signal }))
      return logger
    },
  })
  host.stdout.write(`The page is at ${server.url}/\nWaybill is ready at ${server.url}/graphql\n`)
  await stopped
  await server.close()
  await tracing?.close()
}
