import type { OctopodsRow } from '../octopods/octopods-table.js'
import { createRandom, type Random } from '../random/random.js'
import { fictionalNumber } from './contact.js'
import { fillIn, whatsappId } from './content.js'
import { deliveryAt, type DeliveryPlan, planDelivery } from './delivery.js'
import { LANGUAGES, stripHtml, TEMPLATES } from './phrases.js'
import { plainTime, spreadTimes, type TimeOptions } from './times.js'

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

/** One message in its state at the time `now`. */
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

/**
 * A row with every column filled in, always the same: a test names only what is special about its row.
 *
 * @param messageId A higher one is newer, by a second each.
 * @param changes What is to be otherwise; `updatedAt` follows `createdAt`.
 *
 * @example plainOctopodsRow(3, { status: 'FAILED' })
 */
export function plainOctopodsRow(messageId: number, changes: Partial<OctopodsRow> = {}): OctopodsRow {
  const createdAt = changes.createdAt ?? plainTime(messageId)
  return {
    messageId,
    phoneNumber: '+14155552671',
    createdAt,
    content: `Message ${messageId}`,
    status: 'SENT',
    failure: null,
    channelMessageId: `wamid.${messageId}`,
    deliveredAt: null,
    readAt: null,
    updatedAt: createdAt,
    ...changes,
  }
}
