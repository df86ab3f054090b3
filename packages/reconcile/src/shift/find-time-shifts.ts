import type { TimeShift } from '../finding.js'
import { peekable } from '../peekable.js'
import type { Comparison } from '../reconcile.js'
import { TimeShiftFinder, type TimeShiftOptions } from './time-shift-finder.js'

/**
 * Looks for a constant shift between the times of a log and those of the history: see {@link TimeShiftFinder}.
 *
 * @returns none, one, or two an hour apart, the one with the most entries first.
 * @throws WaybillError BAD_USER_INPUT for options that cannot be.
 *
 * @example
 * for (const { seconds, entries } of await findTimeShifts({ entries: log, messages }, { doubts: [], read }))
 *   console.log(`${entries} messages were sent ${seconds} s later than logged`)
 */
export async function findTimeShifts(
  { entries, messages }: Comparison,
  options: TimeShiftOptions,
): Promise<readonly TimeShift[]> {
  const finder = new TimeShiftFinder(options)
  const ours = peekable(entries)
  const theirs = peekable(messages)
  try {
    for (;;) {
      const entry = await ours.peek()
      const message = await theirs.peek()
      if (entry !== undefined && (message === undefined || entry.at === null || entry.at <= message.sentAt)) {
        finder.addEntry(entry)
        ours.skip()
      } else if (message === undefined) return finder.shifts()
      else {
        finder.addMessage(message)
        theirs.skip()
      }
    }
  } finally {
    await ours.close()
    await theirs.close()
  }
}
