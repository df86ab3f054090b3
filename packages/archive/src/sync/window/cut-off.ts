import type { Message } from '@waybill/core'
import type { Step } from '../step/step.js'
import { isListable, MOST_ASKED } from './listable.js'
import type { SeenWindow } from './judge-window.js'

/** What is kept between two polls of a window. A plain value. */
export interface KeptWindow {
  /** When it was polled last, in milliseconds since the epoch. */
  readonly polledAt: number
  /** What the last poll saw whose list was believed; null where there was none. */
  readonly seen: SeenWindow | null
  /**
   * How many messages a list holds at least that the server cuts off; null where none was cut off since the last one that
   * held as many as there may be.
   */
  readonly cutAt: number | null
  /** Messages that the last list passed over, and that were found to be there. */
  readonly hidden: readonly string[]
}

/** How far a list reaches. */
export interface Reach extends Pick<KeptWindow, 'cutAt'> {
  /** Whether it holds as many messages as the server lists now, so that there may be others that it does not show. */
  readonly isFull: boolean
}

/**
 * Whether a list is all that there is.
 *
 * One that is shorter than it may be was cut off by the server without a word if it ends before messages that it listed the
 * last time, and that are still there. An empty one is not. Where such messages were deleted upstream instead, or are kept
 * there only for so long, the list is whole. So some are asked for by their ids, unless as long a list was found to be cut
 * off before.
 *
 * @param messages those of the list that can be read
 * @param length how many rows it has in all
 * @param maxItems how many it may have
 */
export async function reachOf(
  step: Step,
  messages: readonly Message[],
  length: number,
  maxItems: number,
  before: KeptWindow | null,
): Promise<Reach> {
  if (length >= maxItems) return { isFull: true, cutAt: null }
  const known = before?.cutAt ?? null
  const cutAt = known === null ? null : Math.max(known, length)
  const lacking = await lackingOf(step, messages, before?.seen ?? null)
  if (lacking.length === 0) return { isFull: false, cutAt }
  if (known !== null && length >= known) return { isFull: true, cutAt: length }
  for (const id of lacking.slice(-MOST_ASKED)) {
    // Where nothing can be asked for, what the list lacks has to speak for itself.
    const isThere = step.source.provider.get === undefined ? true : await isListable(step, id)
    // Of one that cannot be asked for it is not known, so nothing is learned of the server.
    if (isThere !== false) return { isFull: true, cutAt: isThere === true ? length : cutAt }
  }
  return { isFull: false, cutAt }
}

/** Messages that were listed the last time, or came since, and that the list ends before. */
async function lackingOf(
  { store, source }: Step,
  messages: readonly Message[],
  seen: SeenWindow | null,
): Promise<string[]> {
  const from = seen?.oldest ?? null
  if (messages.length === 0 || from === null) return []
  const listed = new Set(messages.map(({ upstreamId }) => upstreamId))
  const below = { from, to: Math.min(...messages.map(({ sentAt }) => sentAt)) }
  return (await store.idsWithin(source.id, below)).filter((id) => !listed.has(id))
}
