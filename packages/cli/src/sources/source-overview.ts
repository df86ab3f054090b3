import type { Archive, ArchiveStatus, ProvenRange, RejectedRecord } from '@waybill/archive'
import { formatDateTime, type ProviderCapabilities, type TimeRange } from '@waybill/core'
import { checkUpstream, type ConfiguredSource, type ReadMode, type UpstreamCheck } from '@waybill/runtime'

/** What `waybill sources` tells of a source, as `--json` prints it. Times are ISO 8601. */
export interface SourceOverview {
  readonly id: string
  readonly label: string
  readonly provider: string
  readonly read: ReadMode
  readonly upstream: UpstreamCheck
  /** What the upstream can do by itself. */
  readonly capabilities: ProviderCapabilities
  /** Null where there is no archive. */
  readonly archive: ArchiveOverview | null
}

export interface ArchiveOverview {
  readonly messages: number
  readonly lastSyncedAt: string | null
  readonly lagSeconds: number | null
  readonly pollIntervalSeconds: number | null
  /** Where the history is known to be complete: without the gaps, which may lie within what was read. */
  readonly coverage: readonly Span[]
  readonly gaps: readonly Span[]
  /** Where the archive was compared with the whole list, and when. */
  readonly proven: readonly ProvenSpan[]
  /** How many rows cannot be read, and those of them that came last. */
  readonly rejectedCount: number
  readonly rejected: readonly RejectedOverview[]
  readonly lastError: ArchiveStatus['lastError']
}

/** `from` is null where it is the beginning of the history. */
export interface Span {
  readonly from: string | null
  readonly to: string | null
}

export interface ProvenSpan extends Span {
  readonly at: string | null
}

/** A row that cannot be read. What it holds is not told. */
export interface RejectedOverview {
  /** Null where the id cannot be read either. */
  readonly upstreamId: string | null
  readonly reason: string
  readonly firstSeenAt: string | null
  readonly lastSeenAt: string | null
}

/** How many rejected rows are shown. */
const MOST_REJECTED = 5

/** Checks a source and gathers what there is to say of it. */
export async function overviewOf(
  { id, label, read, upstream }: ConfiguredSource,
  archive: Archive | null,
  signal: AbortSignal,
): Promise<SourceOverview> {
  const [check, status, rejected] = await Promise.all([
    checkUpstream(upstream, signal),
    archive === null ? null : archive.status(id),
    archive === null ? [] : archive.rejected(id, MOST_REJECTED),
  ])
  return {
    id,
    label,
    provider: upstream.name,
    read,
    upstream: check,
    capabilities: upstream.capabilities,
    archive: status === null ? null : archiveOverview(status, rejected, Date.now()),
  }
}

function archiveOverview(
  status: ArchiveStatus,
  rejected: readonly RejectedRecord[],
  now: number,
): ArchiveOverview {
  const { messageCount, lastSyncedAt, pollIntervalMs, coverage, gaps, proven, lastError } = status
  return {
    messages: messageCount,
    lastSyncedAt: lastSyncedAt === null ? null : formatDateTime(lastSyncedAt),
    lagSeconds: lastSyncedAt === null ? null : Math.max(0, Math.round((now - lastSyncedAt) / 1000)),
    pollIntervalSeconds: pollIntervalMs === null ? null : pollIntervalMs / 1000,
    coverage: withoutGaps(coverage, gaps).map(toSpan),
    gaps: gaps.map(toSpan),
    proven: proven.map(toProvenSpan),
    rejectedCount: status.rejectedCount,
    rejected: rejected.map(({ upstreamId, reason, firstSeen, lastSeen }) => ({
      upstreamId,
      reason,
      firstSeenAt: formatDateTime(firstSeen),
      lastSeenAt: formatDateTime(lastSeen),
    })),
    lastError,
  }
}

/** What is left of ranges, both ends included. */
function withoutGaps(coverage: readonly TimeRange[], gaps: readonly TimeRange[]): readonly TimeRange[] {
  return gaps.reduce<readonly TimeRange[]>(
    (ranges, gap) =>
      ranges.flatMap(({ from, to }) =>
        gap.to < from || gap.from > to
          ? [{ from, to }]
          : [
              ...(from < gap.from ? [{ from, to: gap.from - 1 }] : []),
              ...(to > gap.to ? [{ from: gap.to + 1, to }] : []),
            ],
      ),
    coverage,
  )
}

// The archive says 0 for the beginning of a history.
function toSpan({ from, to }: TimeRange): Span {
  return { from: from === 0 ? null : formatDateTime(from), to: formatDateTime(to) }
}

function toProvenSpan(range: ProvenRange): ProvenSpan {
  return { ...toSpan(range), at: formatDateTime(range.at) }
}
