import type { TrafficLimits } from '@waybill/core'
import type {
  Configuration,
  ServerConfiguration,
  SourceConfiguration,
  SyncConfiguration,
} from './configuration.js'
import type { ConfigurationFile, ServerSection, SourceSection } from './configuration-file.js'

/** How a source is followed unless it says otherwise. */
export const SYNC_DEFAULTS: SyncConfiguration = {
  minPollSeconds: 5,
  maxPollSeconds: 300,
  maxStalenessSeconds: 30,
}

/** The configuration that a sound file means. */
export function fillDefaults(file: ConfigurationFile): Configuration {
  const { archive = null } = file
  return {
    server: fillServer(file.server),
    sources: file.sources.map((section) => fillSource(section, archive !== null)),
    archive,
  }
}

/**
 * The source that a sound section means.
 * @param archived whether there is an archive, which is then read unless the section says otherwise
 */
export function fillSource(section: SourceSection, archived: boolean): SourceConfiguration {
  return {
    id: section.id,
    label: section.label ?? section.id,
    provider: section.provider,
    read: section.read ?? (archived ? 'archive' : 'live'),
    options: section.options ?? {},
    rateLimit: section.rateLimit,
    limits: section.limits && inMilliseconds(section.limits),
    sync: fillSync(section.sync),
  }
}

function fillServer({
  host = '127.0.0.1',
  port = 4000,
  auth = 'none',
}: ServerSection = {}): ServerConfiguration {
  return {
    host,
    port,
    auth: auth === 'none' ? { kind: 'none' } : { kind: 'bearer', tokens: auth.bearerTokens },
  }
}

function fillSync({
  minPollSeconds = SYNC_DEFAULTS.minPollSeconds,
  maxPollSeconds = SYNC_DEFAULTS.maxPollSeconds,
  maxStalenessSeconds = SYNC_DEFAULTS.maxStalenessSeconds,
  ...reconcile
}: SourceSection['sync'] = {}): SyncConfiguration {
  return { minPollSeconds, maxPollSeconds, maxStalenessSeconds, ...reconcile }
}

function inMilliseconds(limits: NonNullable<SourceSection['limits']>): TrafficLimits {
  const { attemptTimeoutSeconds, totalTimeoutSeconds, ...others } = limits
  return {
    ...others,
    attemptTimeoutMs: milliseconds(attemptTimeoutSeconds),
    totalTimeoutMs: milliseconds(totalTimeoutSeconds),
  }
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.ceil(seconds * 1000)
}
