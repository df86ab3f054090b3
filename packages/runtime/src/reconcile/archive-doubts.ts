import type { Archive } from '@waybill/archive'
import type { TimeRange } from '@waybill/core'
import { type Doubt, doubtsOfHistory } from '@waybill/reconcile'
import type { ConfiguredSource } from '../sources/configured-source.js'

/**
 * Where an archived source's history proves nothing, as known now.
 *
 * Coverage and gaps are spans of the time that the source sorts by, which may differ from `sentAt` by the declared skew:
 * every doubt is wider by that. A window is read whole with each poll, so its coverage is proof enough; a list with pages
 * counts as proven only where it was compared. Nobody knows when a row was sent that cannot be read, so one of them casts
 * doubt on the whole source.
 */
export async function doubtsOfArchive(archive: Archive, source: ConfiguredSource): Promise<Doubt[]> {
  const { coverage, gaps, proven, lastSyncedAt, rejectedCount } = await archive.status(source.id)
  const { maxSkewMs, paging } = source.upstream.capabilities
  const doubts = doubtsOfHistory({
    source: source.id,
    coverage: coverage.filter(isSpan),
    gaps,
    proven: paging.kind === 'window' ? null : proven,
    settledUntil: lastSyncedAt,
    because: rejectedCount > 0 ? 'UNPROVEN' : undefined,
  })
  return doubts.map((doubt) => widen(doubt, maxSkewMs))
}

/** A poll that proved nothing leaves a span that ends before it begins. */
function isSpan({ from, to }: TimeRange): boolean {
  return from <= to
}

function widen(doubt: Doubt, byMs: number): Doubt {
  return {
    ...doubt,
    from: doubt.from === null ? null : doubt.from - byMs,
    to: doubt.to === null ? null : doubt.to + byMs,
  }
}
