import { setImmediate } from 'node:timers/promises'
import type { TimeRange, WaybillError } from '@waybill/core'
import type { RequestAllowance } from '@waybill/engine'
import {
  type Doubt,
  type Finding,
  findDisplaced,
  type HistoryMessage,
  type LogEntry,
  maybeShifted,
  printFinding,
  readOptions,
  Reconciler,
  type ReconcileOptions,
  reconcileWith,
  type Summary,
} from '@waybill/reconcile'
import { breathing } from './breathing.js'
import type { ComparedSource } from './compared-source.js'
import { lookUpIn } from './look-up.js'
import { USUAL_RETRIES } from './patiently.js'
import { judgedRange, rangeToRead } from './range-to-read.js'
import { type ReadOptions, readSource } from './read-source.js'
import { type SourceSpan, spanOf } from './source-span.js'
import { findShiftsIn } from './find-shifts.js'
import { giveTimes } from './untimed-entries.js'
import { WorkStore } from './work-store.js'

/** How a log is compared; each has the default of `@waybill/reconcile`. */
export type ReconcileSettings = Pick<ReconcileOptions, 'window' | 'finalAfterMs' | 'since' | 'until'>

/** What a log is compared with, and how. */
export interface ReconcileRequest {
  /** In the order of the log. They are read once. */
  readonly entries: AsyncIterable<LogEntry> | Iterable<LogEntry>
  readonly sources: readonly ComparedSource[]
  readonly settings?: ReconcileSettings | undefined
  /** The most messages of the history that are read; what lies beyond is CANNOT_TELL, BUDGET. Default: all. */
  readonly maxMessages?: number | undefined
  /** The most requests that are sent to each source that is read live. Default: as many as it takes. */
  readonly maxUpstreamRequests?: number | null | undefined
  /** Requests that this and others may send together; what it leaves unread is CANNOT_TELL, BUDGET. Default: any number. */
  readonly allowance?: RequestAllowance | undefined
  /** Where the work is kept, so that it can be resumed. Default: in a temporary file. */
  readonly work?: WorkFile | undefined
  readonly signal?: AbortSignal | undefined
  /** How often the reading of a page is repeated that failed for now, ever later. Default: 5, which is half a minute. */
  readonly maxRetries?: number | undefined
  /** Called before a failed request is repeated. */
  readonly onRetry?: ((error: WaybillError, waitMs: number) => void) | undefined
  readonly onProgress?: ((phase: ReconcilePhase, count: number) => void) | undefined
}

/** A file that keeps the work of a reconciliation. It has what the log and the messages have, texts and numbers included. */
export interface WorkFile {
  readonly path: string
  /** What makes two reconciliations the same: work that was kept for another one is begun again. */
  readonly identity: string
}

/** What is under way: the log is read, the history is read, entries and messages are matched. */
export type ReconcilePhase = 'entries' | 'messages' | 'findings'

/** The counts of a reconciliation, and what it rests on. */
export interface ReconcileSummary extends Summary {
  /** The span that was compared: that of the entries, widened by the window, and within `since` and `until`. */
  readonly compared: TimeRange
  readonly sources: readonly SourceSpan[]
}

/** A reconciliation that has come to its end. */
export interface Reconciliation {
  readonly summary: ReconcileSummary
  /** The findings as lines of NDJSON without line breaks: one for each entry in the order of the log, then the others. */
  lines(): AsyncIterable<string>
  /** The same, each with what it is about. A message has what the comparison could see of it. */
  rows(): AsyncIterable<ReconciledRow>
  /** Lets go of what it keeps on disk. */
  close(): void
}

/** A finding, with what it is about. */
export interface ReconciledRow {
  /** The finding as a line of NDJSON. */
  readonly line: string
  /** Null for a message that no entry claims. */
  readonly entry: LogEntry | null
  /** The message that was found, or that no entry claims; null if none. */
  readonly message: HistoryMessage | null
}

/** How many findings are written at once. */
const BATCH = 500

/**
 * Compares a log with the histories of sources. Log, messages and findings are kept on disk meanwhile, so memory does not
 * depend on how many there are. The same log over the same archive gives the same findings.
 *
 * @throws LogError as the entries do; WaybillError BAD_USER_INPUT for settings that cannot be, for too many entries without a
 *   time, and for a log whose times are wrong; ARCHIVE_UNAVAILABLE; WorkStoreError; the reason of the signal.
 */
export async function reconcileSources(request: ReconcileRequest): Promise<Reconciliation> {
  const { work } = request
  const store = openStore(work)
  try {
    return await reconcileIn(store, request)
  } catch (error) {
    store.close()
    throw WorkStore.explain(error)
  }
}

function openStore(work: WorkFile | undefined): WorkStore {
  if (work === undefined) return new WorkStore(null)
  const store = new WorkStore(work.path)
  if (store.state('identity') !== work.identity || store.state('log') === undefined) {
    store.clear()
    store.setState('identity', work.identity)
  }
  return store
}

async function reconcileIn(store: WorkStore, request: ReconcileRequest): Promise<Reconciliation> {
  const { sources, settings = {}, signal = NEVER, onProgress = ignore, allowance } = request
  // Refuses settings that cannot be before anything is read.
  readOptions({ ...settings, now: 0, doubts: [] })
  const { hasReferences } = await readLog(store, request)
  const now = await timeOfHistory(store, sources)
  const lookUp = { sources, signal, allowance }
  const isWhole = await giveTimes(store, lookUp)
  const range = rangeToRead(store.outline(), settings, { isWhole, now })
  const reading: ReadOptions = {
    range,
    withRaw: hasReferences,
    maxMessages: request.maxMessages ?? Number.POSITIVE_INFINITY,
    maxUpstreamRequests: request.maxUpstreamRequests ?? null,
    allowance,
    signal,
    maxRetries: request.maxRetries ?? USUAL_RETRIES,
    onRetry: request.onRetry ?? ignore,
    onProgress: (count) => onProgress('messages', count),
  }
  const doubts: Doubt[] = []
  for (const source of sources) doubts.push(...(await readSource(source, store, reading)))
  await giveTimes(store, { ...lookUp, sources: [] })
  const find = lookUpIn(store, range, lookUp)
  const displaced = await findDisplaced(breathing(store.named(true), signal), find, settings)
  const { first, last } = store.outline()
  const logged = first === null || last === null ? undefined : { from: first, to: last }
  const reconciler = new Reconciler({ ...settings, now, doubts, displaced, logged })
  const summary = await match(store, reconciler, signal, onProgress)
  const judged = judgedRange(range, settings)
  const timeShifts = maybeShifted(summary)
    ? await findShiftsIn(store, { ...reading, doubts, settings, sources })
    : []
  return {
    summary: {
      ...summary,
      ...(timeShifts.length > 0 && { timeShifts }),
      compared: judged.judged,
      sources: sources.map(({ source }) => spanOf(source.id, doubts, judged)),
    },
    lines: () => breathing(store.findings(), signal),
    rows: () => rowsOf(store, displaced, signal),
    close: () => store.close(),
  }
}

/** Reads the log into the store, unless it is there from an earlier time. */
async function readLog(
  store: WorkStore,
  { entries, signal = NEVER, onProgress = ignore }: ReconcileRequest,
): Promise<{ readonly hasReferences: boolean }> {
  const known = store.state('log') as { readonly hasReferences: boolean } | undefined
  if (known !== undefined) return known
  let hasReferences = false
  let count = 0
  let batch: LogEntry[] = []
  const flush = async (): Promise<void> => {
    store.atomically(() => {
      for (const entry of batch) store.addEntry(entry)
    })
    count += batch.length
    batch = []
    onProgress('entries', count)
    await setImmediate()
    signal.throwIfAborted()
  }
  for await (const entry of entries) {
    batch.push(entry)
    hasReferences ||= (entry.reference ?? '') !== ''
    if (batch.length >= BATCH) await flush()
  }
  await flush()
  store.setState('log', { hasReferences })
  return { hasReferences }
}

/**
 * The time that ages are counted from: for archives, when they were last brought up to date, so that the same archive gives
 * the same findings.
 */
async function timeOfHistory(store: WorkStore, sources: readonly ComparedSource[]): Promise<number> {
  const known = store.state('now')
  if (typeof known === 'number') return known
  const times = await Promise.all(
    sources.map(async ({ source, archive }) =>
      archive === null ? Date.now() : (await archive.status(source.id)).lastSyncedAt,
    ),
  )
  const reached = times.filter((time) => time !== null)
  const now = reached.length === 0 ? Date.now() : Math.max(...reached)
  store.setState('now', now)
  return now
}

/** Matches what is in the store, and writes the findings there. */
async function match(
  store: WorkStore,
  reconciler: Reconciler,
  signal: AbortSignal,
  onProgress: (phase: ReconcilePhase, count: number) => void,
): Promise<Summary> {
  store.clearFindings()
  const hasUntimed = store.outline().hasUntimed
  const comparison = {
    entries: breathing(store.entries(), signal),
    messages: breathing(store.messages(), signal),
  }
  let batch: Finding[] = []
  let count = 0
  const flush = (): void => {
    store.atomically(() => {
      for (const finding of batch) store.addFinding(finding.entry, printFinding(written(finding)))
    })
    count += batch.length
    batch = []
    onProgress('findings', count)
  }
  /** An entry that got the time of its message has no distance from it. */
  const written = (finding: Finding): Finding =>
    hasUntimed && finding.entry !== null && !store.isTimed(finding.entry)
      ? { ...finding, deltaSeconds: null }
      : finding
  for await (const findings of reconcileWith(reconciler, comparison)) {
    batch.push(...findings)
    if (batch.length >= BATCH) flush()
  }
  flush()
  return reconciler.summary()
}

async function* rowsOf(
  store: WorkStore,
  displaced: ReadonlyMap<number, HistoryMessage>,
  signal: AbortSignal,
): AsyncGenerator<ReconciledRow, void, undefined> {
  for await (const line of breathing(store.findings(), signal)) {
    const { entry, source, upstreamId } = JSON.parse(line) as Pick<Finding, 'entry' | 'source' | 'upstreamId'>
    const isNamed = source !== null && upstreamId !== null
    yield {
      line,
      entry: entry === null ? null : store.entry(entry),
      // A displaced message lies outside of what was read.
      message: isNamed ? (store.message(source, upstreamId) ?? displaced.get(entry ?? 0) ?? null) : null,
    }
  }
}

const NEVER = new AbortController().signal

function ignore(): void {
  // Nobody wants to know.
}
