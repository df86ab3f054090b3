import type { LogEntry } from './entry.js'
import type { Finding } from './finding.js'
import type { HistoryMessage } from './history-message.js'
import type { ReconcileOptions } from './options.js'
import { peekable } from './peekable.js'
import { Reconciler } from './reconciler.js'

/** A log and the history that it is compared with, both in order of time. */
export interface Comparison {
  /** Those without a time first, then in order of time. `inTimeOrder` and `timeOfEntry` help. */
  readonly entries: AsyncIterable<LogEntry> | Iterable<LogEntry>
  /** In order of time; of every source, what was sent in the span of the log, widened by the window on both sides. */
  readonly messages: AsyncIterable<HistoryMessage> | Iterable<HistoryMessage>
}

/**
 * Compares a log with a history: one finding for each entry, and one for each message that no entry claims. Entries are
 * in order of time, messages follow as soon as no entry can claim them any more, and entries without a time are last.
 *
 * @throws RangeError where entries or messages are not in order of time.
 *
 * @example
 * for await (const { entry, verdict } of reconcile({ entries, messages }, { now, doubts: [] })) console.log(entry, verdict)
 */
export async function* reconcile(
  comparison: Comparison,
  options: ReconcileOptions,
): AsyncGenerator<Finding, void, undefined> {
  for await (const findings of reconcileWith(new Reconciler(options), comparison)) yield* findings
}

/**
 * Like {@link reconcile}, with a {@link Reconciler} of the caller's: it yields lists of findings, and between
 * two of them the reconciler's checkpoint and summary agree with what was yielded. To go on from a checkpoint, leave out the
 * entries and messages that its reconciler counts.
 */
export async function* reconcileWith(
  reconciler: Reconciler,
  { entries, messages }: Comparison,
): AsyncGenerator<readonly Finding[], void, undefined> {
  const ours = peekable(entries)
  const theirs = peekable(messages)
  try {
    for (;;) {
      const entry = await ours.peek()
      const message = await theirs.peek()
      const isEntry =
        entry !== undefined && (message === undefined || entry.at === null || entry.at <= message.sentAt)
      if (!isEntry && message === undefined) break
      const findings = isEntry ? reconciler.addEntry(entry) : message && reconciler.addMessage(message)
      if (isEntry) ours.skip()
      else theirs.skip()
      if (findings !== undefined && findings.length > 0) yield findings
    }
    yield reconciler.finish()
  } finally {
    await ours.close()
    await theirs.close()
  }
}
