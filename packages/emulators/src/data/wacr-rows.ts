import { createRandom, type Random } from '../random/random.js'
import type { WacrRow } from '../wacr/wacr-table.js'
import { type Contact, contactOf } from './contact.js'
import { drawContent, whatsappId } from './content.js'
import { deliveryAt, type DeliveryPlan, planDelivery } from './delivery.js'
import { plainTime, spreadTimes, type TimeOptions } from './times.js'

export interface WacrDataOptions extends TimeOptions, WacrMakerOptions {
  readonly count: number
  /** Of the oldest row; default 1. */
  readonly firstId?: number
}

export interface WacrMakerOptions {
  readonly seed: number
  /** How many conversations there are; default 200. */
  readonly conversations?: number
  /** The greatest distance of `timeSent` from `createdAt`, in milliseconds; most are much closer. Default 30 000. */
  readonly maxSkewMs?: number
  /** How often a field that may be null is, 0…1; default 0.02. */
  readonly nullDensity?: number
  /** The address that a conversation has already, as its messages so far say; null: one is made up. Default: always null. */
  readonly addressOf?: (interactionId: number) => string | null
}

/** Makes one message after the other; replies and conversations hang together. */
export type WacrRowMaker = (id: number, plan: DeliveryPlan, now: number) => WacrRow

/** Believable messages, oldest first: the same for the same options. */
export function generateWacrRows(options: WacrDataOptions): WacrRow[] {
  const { count, seed, firstId = 1 } = options
  const random = createRandom(seed)
  const times = spreadTimes(count, options, random)
  const now = times.at(-1) ?? 0
  const make = createWacrRowMaker(options, random)
  return Array.from(times, (createdAt, position) =>
    make(firstId + position, planDelivery(createdAt, random), now),
  )
}

export function createWacrRowMaker(options: WacrMakerOptions, random: Random): WacrRowMaker {
  const { seed, conversations = 200, maxSkewMs = 30_000, nullDensity = 0.02, addressOf } = options
  const latest = new Map<number, string>()
  const orNull = <T>(value: T): T | null => (random.chance(nullDensity) ? null : value)
  const contacts = new Map<number, Contact>()
  let interaction = 1
  const knownContact = (id: number): Contact => {
    const contact = contactOf(seed, id)
    return { ...contact, address: addressOf?.(id) ?? contact.address }
  }

  return (id, plan, now) => {
    // A conversation goes on for a while before another one takes its turn.
    if (random.chance(0.3)) interaction = random.integer(1, conversations)
    const contact = contacts.get(interaction) ?? knownContact(interaction)
    contacts.set(interaction, contact)
    const outbound = random.chance(0.55)
    const content = drawContent(contact.language, outbound, random)
    const messageId = whatsappId(random)
    const refMessageId = random.chance(0.08) ? (latest.get(interaction) ?? null) : null
    latest.set(interaction, messageId)
    const direction = outbound ? 'outbound' : 'inbound'
    const state = wacrStateAt(plan, direction, now)
    return {
      id,
      interactionId: orNull(interaction),
      senderId: orNull(outbound ? BUSINESS_NUMBER : contact.address),
      message: content.message,
      messageId: orNull(messageId),
      type: orNull(content.type),
      createdAt: plan.createdAt,
      timeSent: random.chance(0.1) ? null : skewed(plan.createdAt, maxSkewMs, outbound, random),
      direction,
      refMessageId,
      url: content.url,
      staffId: outbound && content.type !== 'template' && random.chance(0.7) ? random.integer(1, 12) : null,
      ...state,
      status: outbound ? state.status : orNull(state.status),
    }
  }
}

type State = Pick<WacrRow, 'status' | 'statusMessage' | 'isRead' | 'updatedAt'>

const BUSINESS_NUMBER = '14155550100'

/** The state of a message at the time `now`. Inbound messages are delivered from the start, and never fail. */
export function wacrStateAt(plan: DeliveryPlan, direction: WacrRow['direction'], now: number): State {
  const { status, readAt, failure, updatedAt } = deliveryAt(plan, now)
  const isRead = readAt !== null
  if (direction === 'inbound') {
    const word = isRead ? 'read' : 'delivered'
    return { status: word, statusMessage: null, isRead, updatedAt: readAt ?? plan.createdAt }
  }
  const statusMessage = failure === null ? null : `${failure.code}: ${failure.title}`
  return { status: status.toLowerCase(), statusMessage, isRead, updatedAt }
}

/** What is received was sent before it was recorded; what is sent is recorded before it is sent. */
function skewed(createdAt: number, maxSkewMs: number, outbound: boolean, random: Random): number {
  const seconds = Math.floor((random.next() ** 6 * maxSkewMs) / 1000)
  return createdAt + (outbound ? seconds : -seconds) * 1000
}

/**
 * A row with every column filled in, always the same: a test names only what is special about its row.
 *
 * @param id A higher one is newer, by a second each.
 * @param changes What is to be otherwise; `updatedAt` follows `createdAt`.
 *
 * @example plainWacrRow(3, { status: null })
 */
export function plainWacrRow(id: number, changes: Partial<WacrRow> = {}): WacrRow {
  const createdAt = changes.createdAt ?? plainTime(id)
  return {
    id,
    interactionId: 7,
    senderId: '14155552671',
    type: 'text',
    message: `Message ${id}`,
    status: 'sent',
    messageId: `wamid.${id}`,
    createdAt,
    updatedAt: createdAt,
    timeSent: null,
    isRead: false,
    direction: 'outbound',
    statusMessage: null,
    refMessageId: null,
    url: null,
    staffId: null,
    ...changes,
  }
}
