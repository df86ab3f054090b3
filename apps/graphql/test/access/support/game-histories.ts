import type { Message } from '@waybill/core'
import fc from 'fast-check'
import { message } from '../../server/support/message.js'

/** What a caller without `messages:content` must not learn of a message. */
interface Content {
  readonly text: string | null
  readonly reason: string | null
  readonly raw: unknown
  readonly detail: string | null
}

/** What the caller may learn of it: that two messages are with the same party as well. */
interface Known {
  readonly status: Message['status']
  readonly direction: Message['direction']
  readonly interactionId: string | null
  readonly ending: Ending
  readonly code: string | null
}

type Ending = '5380' | '2671'

/** A history as far as it is known, and what is hidden of it. */
export interface History {
  readonly rows: readonly { readonly known: Known; readonly hidden: Content }[]
  /** The beginning of the number of each party. */
  readonly numbers: Readonly<Record<Ending, string>>
}

const content: fc.Arbitrary<Content> = fc.record({
  text: fc.option(fc.constantFrom('Your code is 4711', 'parcel', 'x'.repeat(3000))),
  reason: fc.option(fc.constantFrom('Not a WhatsApp user', 'Expired'), { freq: 2 }),
  raw: fc.jsonValue(),
  detail: fc.constantFrom(null, 'Undeliverable to +493023125380', 'Read by Ada'),
})

const known: fc.Arbitrary<Known> = fc.record({
  status: fc.constantFrom<Message['status']>('SENT', 'FAILED', 'FAILED', 'READ', null),
  direction: fc.constantFrom<Message['direction']>('INBOUND', 'OUTBOUND', null),
  interactionId: fc.option(fc.constantFrom('1', '2')),
  ending: fc.constantFrom<Ending>('5380', '2671'),
  code: fc.option(fc.constant('470'), { freq: 2 }),
})

const number = fc.constantFrom('+4930231', '+1415555', '+5521999', '+4420')
const numbers = fc.record({ '5380': number, '2671': number })

/** Two histories that differ in content alone. */
export const histories: fc.Arbitrary<readonly [History, History]> = fc
  .tuple(fc.array(fc.tuple(known, content, content), { minLength: 4, maxLength: 9 }), numbers, numbers)
  .map(([rows, ours, theirs]) => [
    { rows: rows.map(([shared, hidden]) => ({ known: shared, hidden })), numbers: ours },
    { rows: rows.map(([shared, , hidden]) => ({ known: shared, hidden })), numbers: theirs },
  ])

/** The messages of a history, the newest first: the id of each is its place, counted from 1. */
export function messagesOf({ rows, numbers: beginnings }: History): Message[] {
  return rows.map(({ known: { ending, code, ...shown }, hidden: { text, raw, reason } }, index) => {
    const party = `${beginnings[ending]}${ending}`
    const from = shown.direction === 'INBOUND' ? party : null
    const to = shown.direction === 'OUTBOUND' ? party : null
    return message(index + 1, {
      ...shown,
      text,
      raw,
      whatsappId: `wamid.${Buffer.from(party).toString('base64')}`,
      from,
      to,
      contact: shown.direction === null ? null : { id: party, basis: 'TOLD' },
      failure: shown.status === 'FAILED' && (code ?? reason) !== null ? { code, reason } : null,
    })
  })
}

/** The same messages later: some have changed. Some of these were edited as well, which only a caller with content may know. */
export function laterMessagesOf(history: History): Message[] {
  return messagesOf(history).map((each, index) => {
    const wasSent = each.status === 'SENT'
    const isMarked = index % 2 === 0
    const isEdited = (wasSent || isMarked) && each.text !== null && each.text !== 'parcel'
    return {
      ...each,
      status: wasSent ? 'READ' : each.status,
      isRead: isMarked ? true : each.isRead,
      text: isEdited ? `${each.text} (edited)` : each.text,
    }
  })
}
