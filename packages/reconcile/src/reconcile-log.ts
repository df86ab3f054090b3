import { countOf, type TimeRange, WaybillError } from '@waybill/core'
import type { LogEntry } from './entry.js'
import { type FindMessages, findDisplaced } from './find-displaced.js'
import type { Finding, Summary } from './finding.js'
import type { HistoryMessage } from './history-message.js'
import { type Doubt, readOptions, type ReconcileOptions } from './options.js'
import { reconcileWith } from './reconcile.js'
import { Reconciler } from './reconciler.js'
import { findTimeShifts } from './shift/find-time-shifts.js'
import { LARGEST_SHIFT_MS, maybeShifted } from './shift/time-shift-finder.js'
import { inTimeOrder, timeOfEntry, timeOfMessage } from './time-order.js'

/** Where the messages are that a log is compared with. */
export interface History {
  /** The messages that were sent in a range of time, in order of time but for `slackMs`. */
  messages(range: TimeRange): AsyncIterable<HistoryMessage>
  /** Where the history proves nothing in that range; what lies outside of it may be left out. */
  doubts(range: TimeRange): Promise<readonly Doubt[]>
  /** Looks messages up by their identifiers. Absent: identifiers are looked for within the window alone. */
  find?: FindMessages
  /** How far messages may be out of order, in milliseconds. Default: not at all. */
  readonly slackMs?: number | undefined
}

/** How a log is reconciled; the rest is found out from log and history. */
export type ReconcileLogOptions = Omit<ReconcileOptions, 'doubts' | 'displaced' | 'logged'>

/** A log that is out of order is sorted in memory, up to this size. */
const MOST_SORTED = 500_000

/**
 * Compares a whole log with a history: finds out which span the log covers, brings it into order, looks up messages that
 * entries name outside of their window, and reads the part of the history that the log is about. If many entries have no message at
 * their time, it reads both once more, and the history 26 hours further, to see whether all times are wrong by the same shift.
 *
 * @param readEntries - reads the log from its beginning. It is called up to four times, and has to give the same entries.
 * @returns the counts, when all findings have been yielded.
 * @throws WaybillError BAD_USER_INPUT for more than 500,000 entries that are out of order; LogError as `readEntries` does.
 */
export async function* reconcileLog(
  readEntries: () => AsyncIterable<LogEntry> | Iterable<LogEntry>,
  history: History,
  options: ReconcileLogOptions,
): AsyncGenerator<Finding, Summary, undefined> {
  const settings = readOptions({ ...options, doubts: [] })
  const outline = await outlineOf(readEntries())
  const entries = outline.firstOutOfOrder === null ? readEntries : await sorted(readEntries(), outline)
  const { since, until, window, now } = settings
  const range = {
    from: Math.min(since ?? Infinity, (outline.first ?? since ?? window.beforeMs) - window.beforeMs),
    to: Math.max(until ?? -Infinity, (outline.last ?? until ?? now) + window.afterMs),
  }
  const displaced =
    history.find === undefined || !outline.hasIdentifiers
      ? new Map<number, HistoryMessage>()
      : await findDisplaced(entries(), history.find, options)
  const doubts = await history.doubts(range)
  const reconciler = new Reconciler({ ...options, doubts, displaced, logged: spanOf(outline) })
  const messagesOf = (span: TimeRange): AsyncIterable<HistoryMessage> =>
    inTimeOrder(history.messages(span), timeOfMessage, history.slackMs ?? 0)
  const comparison = { entries: entries(), messages: messagesOf(range) }
  for await (const findings of reconcileWith(reconciler, comparison)) yield* findings
  const summary = reconciler.summary()
  if (!maybeShifted(summary)) return summary
  const read = { from: range.from - LARGEST_SHIFT_MS, to: range.to + LARGEST_SHIFT_MS }
  const timeShifts = await findTimeShifts(
    { entries: entries(), messages: messagesOf(read) },
    { window, since, until, doubts: await history.doubts(read), read },
  )
  return timeShifts.length === 0 ? summary : { ...summary, timeShifts }
}

/** What has to be known of a log before it is compared. */
interface Outline {
  readonly count: number
  /** The earliest and the latest time; null where no entry has one. */
  readonly first: number | null
  readonly last: number | null
  readonly hasIdentifiers: boolean
  /** The first entry that is earlier than the one before it, by its place; null where all are in order. */
  readonly firstOutOfOrder: number | null
}

function spanOf({ first, last }: Outline): TimeRange | undefined {
  return first === null || last === null ? undefined : { from: first, to: last }
}

async function outlineOf(entries: AsyncIterable<LogEntry> | Iterable<LogEntry>): Promise<Outline> {
  let count = 0
  let first: number | null = null
  let last: number | null = null
  let hasIdentifiers = false
  let firstOutOfOrder: number | null = null
  let previous = Number.NEGATIVE_INFINITY
  for await (const entry of entries) {
    count += 1
    hasIdentifiers ||= (entry.id ?? '') !== '' || (entry.whatsappId ?? '') !== ''
    const time = timeOfEntry(entry)
    if (time < previous) firstOutOfOrder ??= entry.entry
    previous = time
    if (entry.at === null) continue
    first = Math.min(first ?? entry.at, entry.at)
    last = Math.max(last ?? entry.at, entry.at)
  }
  return { count, first, last, hasIdentifiers, firstOutOfOrder }
}

async function sorted(
  entries: AsyncIterable<LogEntry> | Iterable<LogEntry>,
  { count, firstOutOfOrder }: Outline,
): Promise<() => Iterable<LogEntry>> {
  if (count > MOST_SORTED)
    throw new WaybillError(
      'BAD_USER_INPUT',
      `The log has ${countOf(count, 'entry', 'entries')}, and entry ${firstOutOfOrder} is earlier than the one before it: sort the log by time first.`,
    )
  const held: LogEntry[] = []
  for await (const entry of entries) held.push(entry)
  held.sort((a, b) => {
    const [one, other] = [timeOfEntry(a), timeOfEntry(b)]
    return one === other ? 0 : one - other
  })
  return () => held
}
