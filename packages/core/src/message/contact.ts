import type { Contact, Message } from './message.js'

/**
 * The other party as the message itself tells it: the sender of an inbound message, the recipient of an outbound one.
 * Null where that field or the direction is null. Every provider fills `Message.contact` with it.
 *
 * @example toldContact({ direction: 'INBOUND', from: '+14155552671', to: null })
 * // { id: '+14155552671', basis: 'TOLD' }
 */
export function toldContact({
  direction,
  from,
  to,
}: Pick<Message, 'direction' | 'from' | 'to'>): Contact | null {
  const id = direction === 'INBOUND' ? from : direction === 'OUTBOUND' ? to : null
  return id === null ? null : { id, basis: 'TOLD' }
}
