import type { RateLimit, TrafficLimits } from '@waybill/core'
import type { CountryCode } from 'libphonenumber-js/min'
import { fillAuth, type ServerAuth } from './auth.js'
import { fillLimits, type ServerLimits } from './server-limits.js'
import type { ConfigurationFile, DocumentsMode, ServerSection, SourceSection } from './configuration-file.js'

/** Where queries read a source's messages from: the upstream itself, or the archive. */
export type ReadMode = 'live' | 'archive'

/** Where the server listens, and to whom it answers. */
export interface ServerConfiguration {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** How many processes answer requests. With 1, that is the one that follows the sources too. */
  readonly workers: number
  readonly auth: ServerAuth
  /**
   * Secrets that cursors are sealed with: the first one seals, each of them opens. Empty: a key is derived from the
   * configuration's own secrets.
   */
  readonly cursorKeys: readonly string[]
  /** The origins whose pages may query, such as `https://app.example`, beside the server's own. */
  readonly corsOrigins: readonly string[]
  readonly graphql: GraphQLConfiguration
  readonly limits: ServerLimits
}

/** What clients of `/graphql` may do. */
export interface GraphQLConfiguration {
  /** Whether the schema may be queried. */
  readonly introspection: boolean
  /** Whether a browser gets GraphiQL. */
  readonly graphiql: boolean
  readonly documents: DocumentsMode
  /** Where the known documents are, relative to the folder of the configuration; null where `documents` is `off`. */
  readonly documentsFile: string | null
}

/** The flags or variables that gave what takes the place of `server.host` and `server.port`. */
export interface GivenBy {
  readonly host?: string | undefined
  readonly port?: string | undefined
}

/** How the archive follows a source. */
export interface SyncConfiguration {
  /** The shortest pause between two polls. */
  readonly minPollSeconds: number
  /** The longest. */
  readonly maxPollSeconds: number
  /** How old the archive may be before a query waits for a poll. */
  readonly maxStalenessSeconds: number
  /** How many days back the frequent comparison with the whole list reaches; default: the archive's, 7. */
  readonly reconcileRecentDays?: number | undefined
  /** How often it is made, in hours; default: the archive's, 24. */
  readonly reconcileRecentHours?: number | undefined
  /** How often everything is compared, in days; default: the archive's, 28. */
  readonly reconcileAllDays?: number | undefined
  /** How much of the sync's requests may ask why messages failed, in percent; default: the archive's, 25. */
  readonly detailPercent?: number | undefined
}

/** Where messages are kept. */
export interface ArchiveConfiguration {
  /** `sqlite:PATH`, or `postgres://…`. */
  readonly url: string
}

/** One source as the configuration describes it, defaults filled in. */
export interface SourceConfiguration {
  readonly id: string
  readonly label: string
  /** Name of the package that provides it. */
  readonly provider: string
  readonly read: ReadMode
  /** Handed to the provider, which checks them. */
  readonly options: Readonly<Record<string, unknown>>
  readonly rateLimit?: RateLimit | undefined
  readonly limits?: TrafficLimits | undefined
  /** Whether the operator sees the upstream's own words of an error. */
  readonly upstreamWords: boolean
  readonly sync: SyncConfiguration
}

/** A valid configuration, the environment's values in place and defaults filled in. */
export interface Configuration {
  readonly server: ServerConfiguration
  /** At least one; ids are unique. */
  readonly sources: readonly SourceConfiguration[]
  /** Null: nothing is kept. */
  readonly archive: ArchiveConfiguration | null
  /** The country of national phone numbers in filters, by its ISO 3166-1 code. Null: they are refused. */
  readonly defaultCountry: CountryCode | null
}

/** How a source is followed unless it says otherwise. */
export const SYNC_DEFAULTS: SyncConfiguration = {
  minPollSeconds: 5,
  maxPollSeconds: 300,
  maxStalenessSeconds: 30,
}

/** The configuration that a sound file means. */
export function fillDefaults(file: ConfigurationFile): Configuration {
  const { archive = null, defaultCountry = null } = file
  return {
    server: fillServer(file.server),
    sources: file.sources.map((section) => fillSource(section, archive !== null)),
    archive,
    defaultCountry,
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
    upstreamWords: section.upstreamWords ?? false,
    sync: fillSync(section.sync),
  }
}

function fillServer({
  host = '127.0.0.1',
  port = 4000,
  workers = 1,
  auth = 'none',
  cursorKeys = [],
  cors,
  graphql: { introspection = true, graphiql = true, documents = 'off', documentsFile } = {},
  limits,
}: ServerSection = {}): ServerConfiguration {
  return {
    host,
    port,
    workers,
    auth: fillAuth(auth),
    cursorKeys,
    corsOrigins: cors?.origins ?? [],
    graphql: { introspection, graphiql, documents, documentsFile: documentsFile ?? null },
    limits: fillLimits(limits),
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
