import type { Archive, ArchiveStatus } from '@waybill/archive'
import { Gauge, type Registry } from 'prom-client'

/**
 * Registers how the archive is: read from it whenever figures are asked for, so that every server tells the same.
 * While it cannot be read, `waybill_archive_up` is 0 and the rest says nothing.
 */
export function followArchive(registry: Registry, archive: Archive, sources: readonly string[]): void {
  const registers = [registry]
  const read = onceAtATime(() => readStatuses(archive, sources))
  const up: Gauge = new Gauge({
    name: 'waybill_archive_up',
    help: '1 if the archive answers, otherwise 0.',
    registers,
    collect: async () => up.set((await read()) === null ? 0 : 1),
  })
  for (const { name, help, labels = [], figureOf } of FIGURES) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: ['source', ...labels],
      registers,
      collect: async () => {
        const statuses = await read()
        gauge.reset()
        for (const [source, status] of statuses ?? []) {
          const figure = figureOf(status)
          if (figure !== null) gauge.set({ source, ...figure.labels }, figure.value)
        }
      },
    })
  }
}

// All figures of one answer are collected at the same moment, and come from one reading.
function onceAtATime<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let underWay: Promise<Value> | undefined
  return () =>
    (underWay ??= read().finally(() => {
      underWay = undefined
    }))
}

interface Figure {
  readonly value: number
  readonly labels?: Readonly<Record<string, string>>
}

interface FigureDefinition {
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
  /** Null: nothing can be said. */
  figureOf(status: ArchiveStatus): Figure | null
}

const FIGURES: readonly FigureDefinition[] = [
  {
    name: 'waybill_archive_messages',
    help: 'Messages in the archive, by source.',
    figureOf: ({ messageCount }) => ({ value: messageCount }),
  },
  {
    name: 'waybill_archive_gaps',
    help: 'Gaps: time spans in which messages are or may be missing, by source.',
    figureOf: ({ gaps }) => ({ value: gaps.length }),
  },
  {
    name: 'waybill_archive_gap_seconds',
    help: 'Length of all gaps together, by source.',
    figureOf: ({ gaps }) => ({ value: gaps.reduce((sum, { from, to }) => sum + (to - from), 0) / 1000 }),
  },
  {
    name: 'waybill_archive_rejected_rows',
    help: 'Upstream rows that could not be read and are set aside, by source.',
    figureOf: ({ rejectedCount }) => ({ value: rejectedCount }),
  },
  {
    name: 'waybill_archive_unproven_seconds',
    help: 'Age of the oldest comparison of a part of the archive with the whole upstream list, by source.',
    figureOf: ({ proven }) =>
      proven.length === 0
        ? null
        : { value: Math.max(0, Date.now() - Math.min(...proven.map(({ at }) => at))) / 1000 },
  },
  {
    name: 'waybill_archive_lag_seconds',
    help: 'Time since the last complete sync, by source.',
    figureOf: ({ lastSyncedAt }) =>
      lastSyncedAt === null ? null : { value: Math.max(0, Date.now() - lastSyncedAt) / 1000 },
  },
  {
    name: 'waybill_archive_poll_interval_seconds',
    help: 'Current pause between two polls, by source.',
    figureOf: ({ pollIntervalMs }) => (pollIntervalMs === null ? null : { value: pollIntervalMs / 1000 }),
  },
  {
    name: 'waybill_archive_failing',
    help: '1 for the error code of the last failed sync, by source; absent after a success.',
    labels: ['code'],
    figureOf: ({ lastError }) => (lastError === null ? null : { value: 1, labels: { code: lastError.code } }),
  },
]

async function readStatuses(
  archive: Archive,
  sources: readonly string[],
): Promise<ReadonlyMap<string, ArchiveStatus> | null> {
  try {
    const statuses = sources.map(async (source) => [source, await archive.status(source)] as const)
    return new Map(await Promise.all(statuses))
  } catch {
    return null
  }
}
