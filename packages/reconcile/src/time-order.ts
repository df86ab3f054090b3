import type { LogEntry } from './entry.js'
import type { HistoryMessage } from './history-message.js'

/** The time by which entries are sorted; those without one are first. */
export function timeOfEntry({ at }: LogEntry): number {
  return at ?? Number.NEGATIVE_INFINITY
}

/** The time by which messages are sorted. */
export function timeOfMessage({ sentAt }: HistoryMessage): number {
  return sentAt
}

/**
 * Brings what is nearly in order of time into order: an item may be up to `slackMs` earlier than one before it. Holds
 * what lies within that span. Items of one time stay in their order.
 *
 * @throws RangeError for an item that is still further out of order; such a list is to be sorted as a whole.
 */
export async function* inTimeOrder<T>(
  items: AsyncIterable<T> | Iterable<T>,
  timeOf: (item: T) => number,
  slackMs: number,
): AsyncGenerator<T, void, undefined> {
  let held: T[] = []
  let latest = Number.NEGATIVE_INFINITY
  let given = Number.NEGATIVE_INFINITY
  for await (const item of items) {
    const time = timeOf(item)
    if (time < given)
      throw new RangeError(`An item is more than ${slackMs} ms out of order: sort by time first.`)
    held.splice(placeFor(held, time, timeOf), 0, item)
    latest = Math.max(latest, time)
    const ready = placeFor(held, latest - slackMs, timeOf)
    if (ready < Math.max(1, held.length / 2)) continue
    const released = held.slice(0, ready)
    held = held.slice(ready)
    given = timeOf(released.at(-1) ?? item)
    yield* released
  }
  yield* held
}

/** The first place whose item is later than a time. */
function placeFor<T>(held: readonly T[], time: number, timeOf: (item: T) => number): number {
  let low = 0
  let high = held.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = held[middle]
    if (item !== undefined && timeOf(item) <= time) low = middle + 1
    else high = middle
  }
  return low
}
