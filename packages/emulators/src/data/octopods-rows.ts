import type { OctopodsRow } from '../octopods/octopods-row.js'
import { createRandom, type Random } from '../random/random.js'
import { fictionalNumber } from './contact.js'
import { deliveryAt, planDelivery, type DeliveryPlan } from './delivery.js'
import { fillIn } from './fill-in.js'
import { LANGUAGES } from './phrases.js'
import { spreadTimes, type TimeOptions } from './spread-times.js'
import { stripHtml, TEMPLATES } from './templates.js'
import { whatsappId } from './whatsapp-id.js'

export interface OctopodsDataOptions extends TimeOptions {
  readonly count: number
  readonly seed: number
  /** Of the oldest row; default 3 000 001. */
  readonly firstId?: number
}

/** Believable messages, oldest first: the same for the same options. */
export function generateOctopodsRows(options: OctopodsDataOptions): OctopodsRow[] {
  const { count, seed, firstId = 3_000_001 } = options
  const random = createRandom(seed)
  const times = spreadTimes(count, options, random)
  const now = times.at(-1) ?? 0
  return Array.from(times, (createdAt, position) => {
    const plan = planDelivery(createdAt, random)
    const row = makeOctopodsRow(firstId + position, plan, now, random)
    if (!random.chance(0.015)) return row
    return {
      ...row,
      status: random.pick(['DELETED', 'UNKNOWN']),
      failure: null,
      deliveredAt: null,
      readAt: null,
    }
  })
}

/** One message as it stands at the time `now`. */
export function makeOctopodsRow(
  messageId: number,
  plan: DeliveryPlan,
  now: number,
  random: Random,
): OctopodsRow {
  const language = random.pick(LANGUAGES)
  return {
    messageId,
    phoneNumber: `+${fictionalNumber(random)}`,
    createdAt: plan.createdAt,
    content: stripHtml(fillIn(random.pick(TEMPLATES[language]), language, random)),
    channelMessageId: whatsappId(random),
    ...deliveryAt(plan, now),
  }
}
