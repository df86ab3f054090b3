import type { Message, TimeRange } from '@waybill/core'
import type { Recheck } from '../../store/archive-store.js'
import type { Step } from '../step/step.js'
import { nextRecheck, oldestWorthRechecking } from './recheck-schedule.js'

/**
 * Messages that are stored, were sent within a span that has just been read whole, and were not there. Whether they
 * were deleted is not taken for granted: each is asked for by its id.
 *
 * @param listed ids of the messages that were there
 */
export async function rechecksForAbsent(
  step: Step,
  span: TimeRange,
  listed: ReadonlySet<string>,
): Promise<Recheck[]> {
  if (span.from > span.to || step.source.provider.get === undefined) return []
  const missing = (await step.store.idsWithin(step.source.id, span)).filter((id) => !listed.has(id))
  return rechecksFor(step, missing)
}

/** To be asked for at once, unless they are asked for because of an absence already, or are listed in a form that cannot be read. */
export async function rechecksFor(step: Step, ids: readonly string[]): Promise<Recheck[]> {
  if (ids.length === 0 || step.source.provider.get === undefined) return []
  const planned = await step.store.rechecks(step.source.id, ids)
  const unreadable = await step.store.setAside(step.source.id, ids)
  const dueAt = step.now()
  return ids
    .filter((id) => planned.get(id)?.reason !== 'absence' && !unreadable.has(id))
    .map((upstreamId) => ({ upstreamId, reason: 'absence', dueAt, attempts: 0 }))
}

/** Ids of messages that are asked for because of an absence, and that a list has again. */
export async function foundAgain(step: Step, listed: readonly Message[]): Promise<string[]> {
  const ids = listed.map(({ upstreamId }) => upstreamId)
  const planned = await step.store.rechecks(step.source.id, ids)
  return ids.filter((id) => planned.get(id)?.reason === 'absence')
}

/** How many messages are taken up at once; the others the next time. */
const MOST_NEW = 500

/**
 * Messages that may still change, which no list will tell of: they are asked for by their ids from now on. Those that are
 * planned for already stay as they are planned.
 *
 * @param listed ids of messages that are on the list
 * @param sentBefore what was sent later than this is passed over, in milliseconds since the epoch
 */
export async function rechecksForNonFinal(
  step: Step,
  listed: ReadonlySet<string>,
  sentBefore: number,
): Promise<Recheck[]> {
  const { store, source } = step
  if (source.provider.get === undefined) return []
  const now = step.now()
  const ids = await store.nonFinal(source.id, {
    sentAfter: oldestWorthRechecking(now),
    sentBefore,
    limit: MOST_NEW + listed.size,
  })
  const gone = ids.filter((id) => !listed.has(id)).slice(0, MOST_NEW)
  const stored = await store.stored(source.id, gone)
  return gone.flatMap((upstreamId): Recheck[] => {
    const message = stored.get(upstreamId)?.message
    const dueAt = message === undefined ? null : nextRecheck(message, 0, now)
    return dueAt === null ? [] : [{ upstreamId, reason: 'final', dueAt, attempts: 0 }]
  })
}
