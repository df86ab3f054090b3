import type { OctopodsFailure } from '../octopods/octopods-table.js'
import type { Random } from '../random/random.js'

/** What becomes of a message that is sent, and when; times in milliseconds since the epoch, whole seconds. */
export interface DeliveryPlan {
  readonly createdAt: number
  /** Null: never. */
  readonly deliveredAt: number | null
  readonly readAt: number | null
  readonly failedAt: number | null
  readonly failure: OctopodsFailure | null
}

/** How far a message has got at one moment. */
export interface DeliveryState {
  readonly status: 'SENT' | 'DELIVERED' | 'READ' | 'FAILED'
  readonly deliveredAt: number | null
  readonly readAt: number | null
  readonly failure: OctopodsFailure | null
  readonly updatedAt: number
}

const FAILURES: readonly OctopodsFailure[] = [
  { code: 470, title: 'Re-engagement window expired' },
  { code: 131026, title: 'Recipient is not a WhatsApp user.' },
  { code: 131047, title: 'More than 24 hours have passed since the recipient last replied' },
  { code: 131049, title: 'Not delivered, to keep the ecosystem healthy' },
  { code: 132001, title: 'Template name_or_language does not exist, 0% rendered' },
]

/** Draws the fate of a message. */
export function planDelivery(createdAt: number, random: Random): DeliveryPlan {
  const after = (time: number, seconds: number): number =>
    time + Math.ceil(random.next() ** 4 * seconds) * 1000
  const never = { createdAt, deliveredAt: null, readAt: null, failedAt: null, failure: null }
  if (random.chance(0.05)) return { ...never, failedAt: after(createdAt, 20), failure: random.pick(FAILURES) }
  if (random.chance(0.04)) return never
  const deliveredAt = after(createdAt, 600)
  const readAt = random.chance(0.75) ? after(deliveredAt, 7200) : null
  return { ...never, deliveredAt, readAt }
}

/** How far a plan is carried out at the time `now`. */
export function deliveryAt(plan: DeliveryPlan, now: number): DeliveryState {
  const past = (time: number | null): number | null => (time !== null && time <= now ? time : null)
  const [deliveredAt, readAt, failedAt] = [past(plan.deliveredAt), past(plan.readAt), past(plan.failedAt)]
  const state = { deliveredAt, readAt, failure: null }
  if (failedAt !== null) return { ...state, status: 'FAILED', failure: plan.failure, updatedAt: failedAt }
  if (readAt !== null) return { ...state, status: 'READ', updatedAt: readAt }
  if (deliveredAt !== null) return { ...state, status: 'DELIVERED', updatedAt: deliveredAt }
  return { ...state, status: 'SENT', updatedAt: plan.createdAt }
}

/** Whether nothing more will happen after the time `now`. */
export function isSettled({ deliveredAt, readAt, failedAt }: DeliveryPlan, now: number): boolean {
  return [deliveredAt, readAt, failedAt].every((time) => time === null || time <= now)
}
