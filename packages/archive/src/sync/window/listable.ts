import type { Step } from '../step/step.js'

/** How many messages that a list lacks are asked for at most. One that is there is enough. */
export const MOST_ASKED = 3

/** Whether a message is still there, so that a list should have it; null where that cannot be known now. */
export async function isListable({ source, call, signal }: Step, id: string): Promise<boolean | null> {
  const { provider } = source
  if (provider.get === undefined) return null
  try {
    const single = await provider.get(id, call)
    // A list may well leave out what is deleted, even if its status can still be asked for.
    return single !== null && (single.message ?? single.fields)?.status !== 'DELETED'
  } catch {
    signal.throwIfAborted()
    return null
  }
}
