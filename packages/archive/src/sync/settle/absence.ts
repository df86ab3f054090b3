import type { Message, TimeRange } from '@waybill/core'
import type { Settlement } from '../../store/batch.js'
import type { Step } from '../step.js'

/**
 * Messages that are stored, were sent within a span that has just been read whole, and were not there. Whether they
 * were deleted is not taken for granted: each is asked for by its id.
 *
 * @param listed ids of the messages that were there
 */
export async function newAbsences(
  step: Step,
  span: TimeRange,
  listed: ReadonlySet<string>,
): Promise<Settlement[]> {
  if (span.from > span.to || step.source.provider.get === undefined) return []
  const missing = (await step.store.idsWithin(step.source.id, span)).filter((id) => !listed.has(id))
  return absencesOf(step, missing)
}

/** To be asked for at once, unless they are asked for because of an absence already, or are listed in a form that cannot be read. */
export async function absencesOf(step: Step, ids: readonly string[]): Promise<Settlement[]> {
  if (ids.length === 0 || step.source.provider.get === undefined) return []
  const planned = await step.store.settlements(step.source.id, ids)
  const unreadable = await step.store.setAside(step.source.id, ids)
  const dueAt = step.now()
  return ids
    .filter((id) => planned.get(id)?.reason !== 'absence' && !unreadable.has(id))
    .map((upstreamId) => ({ upstreamId, reason: 'absence', dueAt, attempts: 0 }))
}

/** Ids of messages that are asked for because of an absence, and that a list has again. */
export async function foundAgain(step: Step, listed: readonly Message[]): Promise<string[]> {
  const ids = listed.map(({ upstreamId }) => upstreamId)
  const planned = await step.store.settlements(step.source.id, ids)
  return ids.filter((id) => planned.get(id)?.reason === 'absence')
}
