import { dirname, resolve } from 'node:path'
import {
  ConfigurationError,
  type ConfigurationIssue,
  type UpstreamAttempt,
  type UpstreamPause,
} from '@waybill/core'
import { createRedactor } from '@waybill/http'
import type { UpstreamSource } from './configured-source.js'
import { openSources } from './open-sources.js'
import { checkConfiguration, dropUnresolved } from '../config/check-configuration.js'
import { type Configuration, fillDefaults, type GivenBy } from '../config/configuration.js'
import type { ConfigurationFile } from '../config/configuration-file.js'
import type { Environment } from '../config/environment.js'
import { comparePaths, isRecord } from '../config/json-path.js'
import { readConfiguration } from '../config/read-configuration.js'

/** Where a configuration comes from: a JSON file, or a value of the same form with the folder that it belongs to. */
export type ConfigurationOrigin =
  | { readonly file: string }
  | { readonly value: ConfigurationFile; readonly folder: string }

export interface LoadOptions {
  readonly origin: ConfigurationOrigin
  /** Where `${NAME}` is taken from. Default: the process's environment. */
  readonly environment?: Environment | undefined
  /** Takes the place of what the configuration says. */
  readonly server?: { readonly host?: string | undefined; readonly port?: number | undefined } | undefined
  /** What these two were given with, which errors then name: `{ host: '--host', port: 'PORT' }`. */
  readonly givenBy?: GivenBy | undefined
  /** How many processes send requests within the rate limits; each gets an equal share. Default 1. */
  readonly sharing?: number | undefined
  /** Called for every HTTP request that a source sends. */
  readonly onAttempt?: ((attempt: UpstreamAttempt) => void) | undefined
  /** Called when requests to a source are paused because it keeps failing, and when it answers again. */
  readonly onPause?: ((pause: UpstreamPause) => void) | undefined
}

/** A valid configuration with its upstreams ready to be asked. */
export interface LoadedConfiguration {
  readonly configuration: Configuration
  /** What relative paths in it start from. */
  readonly folder: string
  /** In the order of the configuration. */
  readonly sources: readonly UpstreamSource[]
  /** What has to be kept out of logs and answers. */
  readonly secrets: readonly string[]
}

/**
 * Reads a configuration, completes it from the environment and loads the providers that it names. Nothing is sent upstream.
 * @throws ConfigurationError listing everything that is wrong, in the order of the paths and without any secret.
 */
export async function loadConfiguration(options: LoadOptions): Promise<LoadedConfiguration> {
  const {
    origin,
    environment = process.env,
    server = {},
    givenBy = {},
    sharing = 1,
    onAttempt = () => undefined,
    onPause = () => undefined,
  } = options
  const [root, folder] =
    'file' in origin
      ? [await readConfiguration(origin.file), dirname(resolve(origin.file))]
      : [origin.value, origin.folder]
  const { value, issues, unresolved, secrets } = checkConfiguration(
    override(root, server),
    environment,
    givenBy.host,
  )
  const opened = await openSources(value, { folder, sharing, onAttempt, onPause })
  const all = [...issues, ...dropUnresolved(opened.issues, unresolved)]
  if (all.length > 0) throw new ConfigurationError(present(all, givenBy, secrets))
  const configuration = fillDefaults(value as ConfigurationFile)
  return { configuration, folder, sources: opened.sources, secrets }
}

function override(root: unknown, server: NonNullable<LoadOptions['server']>): unknown {
  const given = Object.entries(server).filter(([, value]) => value !== undefined)
  if (given.length === 0 || !isRecord(root)) return root
  const { server: section = {} } = root
  return isRecord(section) ? { ...root, server: { ...section, ...Object.fromEntries(given) } } : root
}

function present(
  issues: readonly ConfigurationIssue[],
  { host, port }: GivenBy,
  secrets: readonly string[],
): ConfigurationIssue[] {
  const redact = createRedactor(secrets)
  return issues
    .toSorted((a, b) => comparePaths(a.path, b.path))
    .map(({ path, expected, found }) => {
      const flag = { 'server.host': host, 'server.port': port }[path.join('.')]
      return { path: flag === undefined ? path : [flag], expected: redact(expected), found: redact(found) }
    })
}
