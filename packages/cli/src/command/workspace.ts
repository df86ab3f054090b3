import {
  connectSources,
  type ConnectedSources,
  type ConnectOptions,
  findConfiguration,
  loadConfiguration,
  type LoadedConfiguration,
} from '@waybill/runtime'
import { type CommandContext, UsageError } from './context.js'

/**
 * Loads the configuration that a command works with.
 * @param config the file that was asked for
 * @throws UsageError where no configuration exists; ConfigurationError listing everything that is wrong with it.
 */
export async function loadFor(
  { environment, host }: CommandContext,
  config: string | undefined,
): Promise<LoadedConfiguration> {
  const file = findConfiguration(config, environment, host.cwd())
  if (file === undefined) throw new UsageError([NO_CONFIGURATION])
  return loadConfiguration({ origin: { file }, environment })
}

/**
 * Opens what a command works with: the configured sources, and the archive where there is one.
 * @throws as {@link loadFor}; WaybillError ARCHIVE_UNAVAILABLE
 */
export async function openWorkspace(
  context: CommandContext,
  config: string | undefined,
  options: ConnectOptions = {},
): Promise<ConnectedSources> {
  return connectSources(await loadFor(context, config), options)
}

/**
 * The sources that a command is for: those that were asked for, else all.
 * @throws UsageError for an id that the configuration does not have.
 */
export function chooseSources<Source extends { readonly id: string }>(
  sources: readonly Source[],
  asked: readonly string[],
): readonly Source[] {
  const known = sources.map(({ id }) => id)
  const unknown = asked.filter((id) => !known.includes(id))
  if (unknown.length > 0) {
    throw new UsageError(unknown.map((id) => `unknown source ${id}: choose from ${known.join(', ')}`))
  }
  return asked.length === 0 ? sources : sources.filter(({ id }) => asked.includes(id))
}

const NO_CONFIGURATION =
  'no configuration was found. Create waybill.config.json in the working directory, or name a file with --config or ' +
  'WAYBILL_CONFIG. (waybill serve shows a demo without one.)'
