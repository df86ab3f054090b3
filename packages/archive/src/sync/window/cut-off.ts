import type { Message } from '@waybill/core'
import type { Step } from '../step.js'
import type { SeenWindow } from './judge-window.js'

/** What the last poll saw, and what is known of the server. A plain value: it is kept between two polls. */
export interface KeptWindow extends SeenWindow {
  /** How many messages the last list held that was cut off; null where none was since the last whole one. */
  readonly cutAt: number | null
}

/** How many messages that a list lacks are asked for at most. One that is there is enough. */
const MOST_ASKED = 3

/**
 * Whether a list that is shorter than it may be was cut off by the server without a word: it ends before messages that it
 * listed the last time, and that are still there. An empty one is not.
 *
 * Where such messages were deleted upstream instead, or are kept there only for so long, the list is whole. So some are
 * asked for by their ids, unless as long a list was found to be cut off before.
 */
export async function isCutOff(
  step: Step,
  messages: readonly Message[],
  before: KeptWindow | null,
): Promise<boolean> {
  if (messages.length === 0 || before === null || before.oldest === null) return false
  const listed = new Set(messages.map(({ upstreamId }) => upstreamId))
  const below = { from: before.oldest, to: Math.min(...messages.map(({ sentAt }) => sentAt)) }
  const lacking = (await step.store.idsWithin(step.source.id, below)).filter((id) => !listed.has(id))
  if (lacking.length === 0) return false
  if (before.cutAt !== null && messages.length >= before.cutAt) return true
  for (const id of lacking.slice(-MOST_ASKED)) {
    if (await mayExist(step, id)) return true
  }
  return false
}

async function mayExist({ source, call, signal }: Step, id: string): Promise<boolean> {
  const { provider } = source
  if (provider.get === undefined) return true
  try {
    return (await provider.get(id, call)) !== null
  } catch {
    signal.throwIfAborted()
    return true
  }
}
