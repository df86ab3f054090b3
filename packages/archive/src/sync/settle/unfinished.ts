import type { Settlement } from '../../store/batch.js'
import type { Step } from '../step.js'
import { nextSettling, oldestWorthSettling } from './settling-schedule.js'

/** How many messages are taken up at once; the others the next time. */
const MOST_NEW = 500

/**
 * Messages that may still change, which no list will tell of: they are asked for by their ids from now on. Those that are
 * planned for already stay as they are planned.
 *
 * @param listed ids of messages that are on the list
 * @param sentBefore what was sent later than this is passed over, in milliseconds since the epoch
 */
export async function newlyUnfinished(
  step: Step,
  listed: ReadonlySet<string>,
  sentBefore: number,
): Promise<Settlement[]> {
  const { store, source } = step
  if (source.provider.get === undefined) return []
  const now = step.now()
  const ids = await store.unsettled(source.id, {
    sentAfter: oldestWorthSettling(now),
    sentBefore,
    limit: MOST_NEW + listed.size,
  })
  const gone = ids.filter((id) => !listed.has(id)).slice(0, MOST_NEW)
  const stored = await store.stored(source.id, gone)
  return gone.flatMap((upstreamId): Settlement[] => {
    const message = stored.get(upstreamId)?.message
    const dueAt = message === undefined ? null : nextSettling(message, 0, now)
    return dueAt === null ? [] : [{ upstreamId, reason: 'final', dueAt, attempts: 0 }]
  })
}
