import type { OctopodsRow, WacrRow } from '@waybill/emulators'
import { octopodsRow } from './octopods-rows.js'
import { BEGIN, wacrRow } from './wacr-rows.js'

/** Texts with wildcards, several scripts, letters that fold in odd ways, and none at all. */
const TEXTS: readonly (string | null)[] = [
  'Rabatt: 100% auf alles_heute',
  '100 percent off',
  'ÜBERWEISUNG für Straße 7',
  'überweisung FÜR STRASSE 7',
  'ПРИВЕТ, мир',
  'привет, МИР',
  'Gift 🎁 inside 👩‍👩‍👧',
  'gift\\inside [now]',
  'Kelvin \u212A and K',
  'İstanbul ısı',
  '<b>Bestellung</b> &amp; more',
  '',
  null,
]

const STATUSES = ['sent', 'delivered', 'read', 'failed', 'pending', '', null]
const TYPES = ['text', 'template', 'image', 'poll', 'order', '', null]
const SENDERS = ['14155552671', '+4915112345678', 'shop-bot', 'a,b', '12345', null]
const CONVERSATIONS = [0, 7, 8, 4711, null]

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T
}

/** Every column changes at its own pace, so that most combinations occur; three rows share one second. */
export const WACR_ROWS: readonly WacrRow[] = Array.from({ length: 260 }, (_, index) =>
  wacrRow(index + 1, {
    createdAt: BEGIN + Math.floor(index / 3) * 20_000,
    timeSent: index % 4 === 0 ? BEGIN + Math.floor(index / 3) * 20_000 + ((index % 11) - 5) * 6000 : null,
    status: pick(STATUSES, index),
    type: pick(TYPES, Math.floor(index / 7)),
    senderId: pick(SENDERS, Math.floor(index / 2)),
    interactionId: pick(CONVERSATIONS, Math.floor(index / 3)),
    message: pick(TEXTS, index * 5),
    direction: index % 3 === 0 ? 'inbound' : 'outbound',
  }),
)

const OCTO_STATUSES = ['SENT', 'DELIVERED', 'READ', 'FAILED', 'DELETED', 'UNKNOWN', 'QUEUED']
const RECIPIENTS = ['+14155552671', '+4915112345678', '+442071234567']

export const OCTOPODS_ROWS: readonly OctopodsRow[] = Array.from({ length: 80 }, (_, index) =>
  octopodsRow(index + 1, {
    createdAt: BEGIN + index * 30_000,
    status: pick(OCTO_STATUSES, index),
    phoneNumber: pick(RECIPIENTS, Math.floor(index / 2)),
    content: pick(TEXTS, index * 3) ?? '',
  }),
)
