import type { Archive } from '@waybill/archive'
import { createEngine, type Engine } from '@waybill/engine'
import type { ConfiguredSource } from '../sources/configured-source.js'

/** The largest page that the engine yields. */
export const PAGE_SIZE = 500

/** One source whose messages a log is compared with. */
export interface ComparedSource {
  readonly source: ConfiguredSource
  /** Where it is read from; null: from the upstream. */
  readonly archive: Archive | null
  /**
   * Whether numbers, texts and WhatsApp's ids are compared. Without them, messages are found by the upstream's ids alone, and no
   * finding depends on content.
   */
  readonly withContent: boolean
}

/**
 * An engine over one source. An archive is read as it is, without bringing it up to date first: the same log over the same
 * archive has to give the same findings.
 */
export function engineOf({ source, archive }: ComparedSource): Engine {
  const { id, upstream } = source
  const provider = archive === null ? upstream : archive.source({ id, provider: upstream, maxStalenessMs: 0 })
  return createEngine({ sources: [{ id, provider }], keep: { maxMessages: PAGE_SIZE } })
}

/** Which sources a log is compared with, and from where they are read. */
export interface SourceChoice {
  /** Ids; none: all sources. */
  readonly ids: readonly string[]
  /** Whether the upstreams are read although there is an archive. */
  readonly isLive: boolean
  /** See {@link ComparedSource.withContent}. */
  readonly withContent: boolean
}

/** The chosen ones of the configured sources. Unknown ids are left out. */
export function comparedSources(
  sources: readonly ConfiguredSource[],
  archive: Archive | null,
  { ids, isLive, withContent }: SourceChoice,
): ComparedSource[] {
  return sources
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .map((source) => ({ source, archive: isLive || source.read === 'live' ? null : archive, withContent }))
}
