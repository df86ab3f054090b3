import type { MessageStatus, OpenMessageDetailQuery, OpenMessageQuery } from '../api/operations.js'

export type OpenMessage = NonNullable<OpenMessageQuery['message']>
export type Detail = NonNullable<NonNullable<OpenMessageDetailQuery['message']>['detail']>

/** One step of a message. */
export interface Step {
  readonly status: MessageStatus
  /** When the upstream says that it happened; null where it does not say. */
  readonly at: string | null
  /** When the archive first saw it, which may be later; null where it did not. */
  readonly seenAt: string | null
}

const ORDER: readonly MessageStatus[] = ['SENT', 'DELIVERED', 'READ', 'FAILED', 'DELETED', 'UNKNOWN']

/** What is known of a message's way, oldest first: as the upstream tells it, and as the archive saw it. */
export function timelineOf(message: OpenMessage, detail: Detail | null): readonly Step[] {
  const told = new Map<MessageStatus, string | null>([['SENT', message.sentAt]])
  const { deliveredAt = null, readAt = null } = detail ?? {}
  if (deliveredAt !== null) told.set('DELIVERED', deliveredAt)
  if (readAt !== null) told.set('READ', readAt)
  if (message.status !== null && !told.has(message.status)) told.set(message.status, null)
  const seen = message.statusHistory.flatMap(({ status, observedAt }) =>
    status === null ? [] : [{ status, observedAt }],
  )
  const steps = seen.map(({ status, observedAt }): Step => ({
    status,
    at: told.get(status) ?? null,
    seenAt: observedAt,
  }))
  const unseen = [...told].flatMap(([status, at]): Step[] =>
    seen.some((one) => one.status === status) ? [] : [{ status, at, seenAt: null }],
  )
  const deletion: Step[] =
    message.deletedAt === null || seen.some(({ status }) => status === 'DELETED')
      ? []
      : [{ status: 'DELETED', at: null, seenAt: message.deletedAt }]
  return [...steps, ...unseen, ...deletion].toSorted(byTime)
}

// A status that was seen late may have happened before another that was seen in time. Nothing happens before the sending, whatever
// the clock of the upstream says.
function byTime(one: Step, other: Step): number {
  const order = ORDER.indexOf(one.status) - ORDER.indexOf(other.status)
  if (one.status !== other.status && (one.status === 'SENT' || other.status === 'SENT')) return order
  const [first, second] = [one.at ?? one.seenAt, other.at ?? other.seenAt]
  if (first === null || second === null) return order
  return Date.parse(first) - Date.parse(second) || order
}
