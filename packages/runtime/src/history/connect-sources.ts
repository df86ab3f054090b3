import {
  type Archive,
  type ArchiveOptions,
  createSync,
  openArchive,
  type Sync,
  type SyncEvent,
  type SyncSource,
} from '@waybill/archive'
import { ConfigurationError, type PhoneOptions, WaybillError } from '@waybill/core'
import { phoneOptions } from '../config/national-numbers.js'
import type { LoadedConfiguration } from '../sources/load-configuration.js'
import type { ConfiguredSource, UpstreamSource } from '../sources/configured-source.js'

/** An archive, and what keeps it up to date. */
export interface History {
  readonly archive: Archive
  readonly sync: Sync
}

/** The sources of a configuration, ready to be queried. */
export interface ConnectedSources {
  /** In the order of the configuration. */
  readonly sources: readonly ConfiguredSource[]
  /** Null where the configuration has no archive. */
  readonly history: History | null
  /** How phone numbers in filters are read. */
  readonly phones: PhoneOptions
  /** Closes the sync and the archive, once what is under way has ended. */
  close(): Promise<void>
}

export interface ConnectOptions {
  /** Called for everything that the sync finds and does. */
  readonly onSyncEvent?: ((event: SyncEvent) => void) | undefined
  /** Brings the newest messages of a source in, where another process does that. Default: this one's own sync. */
  readonly refresh?: ((source: string, signal?: AbortSignal) => Promise<void>) | undefined
  /** As for an archive. */
  readonly cacheMiB?: number | undefined
}

/**
 * Opens the archive that a configuration has, and puts it before the sources that are read from it. Every source is
 * kept in it, however it is read. Nothing is sent upstream until something is read or synced.
 * @throws ConfigurationError for a URL that names no archive; WaybillError ARCHIVE_UNAVAILABLE for one that cannot be opened.
 */
export async function connectSources(
  { configuration, folder, sources }: LoadedConfiguration,
  { onSyncEvent, refresh, cacheMiB }: ConnectOptions = {},
): Promise<ConnectedSources> {
  const phones = phoneOptions(configuration.defaultCountry)
  if (configuration.archive === null) {
    return { sources: sources.map(readLive), history: null, phones, close: async () => undefined }
  }
  const archive = await openAt({ url: configuration.archive.url, folder, cacheMiB })
  const sync = createSync({ archive, sources: sources.map(toSyncSource), onEvent: onSyncEvent })
  const history = { archive, sync }
  return {
    sources: sources.map((source) =>
      source.read === 'live'
        ? readLive(source)
        : readArchived(source, archive, refresh ?? ((id, signal) => sync.refresh(id, signal))),
    ),
    history,
    phones,
    close: async () => {
      await sync.close()
      await archive.close()
    },
  }
}

async function openAt(options: ArchiveOptions): Promise<Archive> {
  try {
    return await openArchive(options)
  } catch (error) {
    if (error instanceof ConfigurationError) {
      const issues = error.issues.map((issue) => ({ ...issue, path: ['archive', 'url'] }))
      throw new ConfigurationError(issues, { cause: error })
    }
    if (!(error instanceof WaybillError)) throw error
    throw new WaybillError(error.code, `archive.url: ${error.message}`, { cause: error })
  }
}

function readLive({ id, label, read, upstream }: UpstreamSource): ConfiguredSource {
  return { id, label, read, upstream, provider: upstream }
}

function readArchived(
  source: UpstreamSource,
  archive: Archive,
  refresh: NonNullable<ConnectOptions['refresh']>,
): ConfiguredSource {
  const { id, label, read, upstream } = source
  const provider = archive.source({
    id,
    provider: upstream,
    maxStalenessMs: inMilliseconds(source.section.sync.maxStalenessSeconds),
    refresh: (signal) => refresh(id, signal),
  })
  return { id, label, read, upstream, provider }
}

function toSyncSource({ id, upstream, section }: UpstreamSource): SyncSource {
  const { minPollSeconds, maxPollSeconds, maxStalenessSeconds } = section.sync
  const { reconcileRecentDays, reconcileRecentHours, reconcileAllDays, detailPercent } = section.sync
  return {
    id,
    provider: upstream,
    poll: {
      minPollMs: inMilliseconds(minPollSeconds),
      maxPollMs: inMilliseconds(maxPollSeconds),
      maxStalenessMs: inMilliseconds(maxStalenessSeconds),
    },
    rateLimit: section.rateLimit,
    detailShare: timesOrNone(detailPercent, 0.01),
    maxWaitMs: timesOrNone(section.limits?.maxRetryAfterSeconds, 1000),
    reconcile: {
      recentMs: timesOrNone(reconcileRecentDays, DAY_MS),
      recentEveryMs: timesOrNone(reconcileRecentHours, HOUR_MS),
      allEveryMs: timesOrNone(reconcileAllDays, DAY_MS),
    },
  }
}

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/** Undefined, which leaves it to the default, where nothing is said. */
function timesOrNone(count: number | undefined, unitMs: number): number | undefined {
  return count === undefined ? undefined : count * unitMs
}

function inMilliseconds(seconds: number): number {
  return Math.ceil(seconds * 1000)
}
