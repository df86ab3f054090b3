import type {
  ConfigurationIssue,
  MessageProvider,
  ProviderContext,
  RateLimit,
  UpstreamAttempt,
  UpstreamPause,
} from '@waybill/core'
import { SYNC_SHARE } from '@waybill/archive'
import { valueAt } from '@waybill/http'
import { fillSource, type SourceConfiguration } from '../config/configuration.js'
import { isPackageName, sourceSchema } from '../config/configuration-schema.js'
import { isRecord } from '../config/json-path.js'
import type { UpstreamSource } from './configured-source.js'
import { importProvider, messageOf } from './import-provider.js'

/** The sources of a configuration that can be opened, and what keeps the others from it. */
export interface OpenedSources {
  readonly sources: readonly UpstreamSource[]
  /** Paths from the root of the configuration. */
  readonly issues: readonly ConfigurationIssue[]
}

/** Opens the sources of a configuration that may have errors: every provider gets to see its options. */
export async function openSources(
  root: unknown,
  given: Omit<OpenOptions, 'syncShare'>,
): Promise<OpenedSources> {
  const sections = valueAt(root, ['sources'])
  if (!Array.isArray(sections)) return { sources: [], issues: [] }
  const archived = valueAt(root, ['archive']) !== undefined
  const options = { ...given, syncShare: archived ? SYNC_SHARE : 0 }
  const opened = await Promise.all(
    sections.map((section, index) => openSection(sectionToOpen(section, index, archived), index, options)),
  )
  return {
    sources: opened.flatMap(({ sources }) => sources),
    issues: opened.flatMap(({ issues }) => issues),
  }
}

async function openSection(
  configuration: SourceConfiguration | undefined,
  index: number,
  options: OpenOptions,
): Promise<OpenedSources> {
  if (configuration === undefined) return { sources: [], issues: [] }
  const opened = await openSource(configuration, options)
  if ('source' in opened) return { sources: [opened.source], issues: [] }
  return {
    sources: [],
    issues: opened.issues.map((issue) => ({ ...issue, path: ['sources', index, ...issue.path] })),
  }
}

/**
 * The source that a section means. One with errors elsewhere keeps its provider and options, so that the provider can
 * report what is wrong with them at the same time; undefined where not even that is possible.
 */
function sectionToOpen(section: unknown, index: number, archived: boolean): SourceConfiguration | undefined {
  const sound = sourceSchema.safeParse(section)
  if (sound.success) return fillSource(sound.data, archived)
  if (!isRecord(section) || !isPackageName(section['provider'])) return undefined
  const { provider, options = {} } = section
  return isRecord(options) ? fillSource({ id: `sources[${index}]`, provider, options }, archived) : undefined
}

/** What opening a source needs beside its section. */
export interface OpenOptions {
  /** See `ProviderContext.syncShare`. */
  readonly syncShare: number
  /** Where packages are looked for first. */
  readonly folder: string
  /** How many processes share the rate limit of a source. Default 1. */
  readonly sharing?: number | undefined
  /** Called for every HTTP request that a source sends. */
  readonly onAttempt: (attempt: UpstreamAttempt) => void
  /** Called when requests to a source are paused because it keeps failing, and when it answers again. */
  readonly onPause: (pause: UpstreamPause) => void
}

/** A source that is ready, or everything that keeps it from being so, paths relative to its section. */
export type OpenedSource =
  | { readonly source: UpstreamSource }
  | { readonly issues: readonly ConfigurationIssue[] }

/** Loads a source's provider and makes it check its options. Nothing is sent upstream. */
export async function openSource(section: SourceConfiguration, options: OpenOptions): Promise<OpenedSource> {
  const imported = await importProvider(section.provider, options.folder)
  if ('issue' in imported) return { issues: [{ path: ['provider'], ...imported.issue }] }
  const { id, label, read, rateLimit, limits, upstreamWords } = section
  const { onAttempt, onPause, sharing = 1, syncShare } = options
  const context: ProviderContext = {
    source: id,
    rateLimit: rateLimit && shareOf(rateLimit, sharing),
    limits,
    upstreamWords,
    onAttempt,
    onPause,
    syncShare,
  }
  try {
    const upstream: unknown = imported.factory(section.options, context)
    return isProvider(upstream)
      ? { source: { id, label, read, upstream, section } }
      : { issues: [NO_PROVIDER] }
  } catch (error) {
    return { issues: issuesOf(error) }
  }
}

/** What one of several processes may send. Of fewer requests than processes, each has one in a longer span. */
function shareOf({ requests, perSeconds }: RateLimit, count: number): RateLimit {
  return requests >= count
    ? { requests: Math.floor(requests / count), perSeconds }
    : { requests: 1, perSeconds: (perSeconds * count) / requests }
}

const NO_PROVIDER: ConfigurationIssue = {
  path: ['provider'],
  expected: 'a package whose function makes a provider: an object with "name", "capabilities" and "list"',
  found: 'one that makes something else',
}

function isProvider(value: unknown): value is MessageProvider {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    isRecord(value['capabilities']) &&
    typeof value['list'] === 'function'
  )
}

// A provider may bring its own copy of @waybill/core, so the error is known by its form, not by its class.
function issuesOf(error: unknown): ConfigurationIssue[] {
  const { code, issues } = (error ?? {}) as Partial<Record<string, unknown>>
  if (code === 'INVALID_CONFIGURATION' && Array.isArray(issues) && issues.every(isIssue)) {
    return issues.map((issue) => ({ ...issue, path: ['options', ...issue.path] }))
  }
  const found = `options that it refuses: ${messageOf(error)}`
  return [{ path: ['options'], expected: 'options that the provider accepts', found }]
}

function isIssue(value: unknown): value is ConfigurationIssue {
  return (
    isRecord(value) &&
    Array.isArray(value['path']) &&
    typeof value['expected'] === 'string' &&
    typeof value['found'] === 'string'
  )
}
