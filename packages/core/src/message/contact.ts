import type { MessageDirection } from './message.js'

/**
 * How the other party of a message is known. `TOLD`: the source lists it with the message. `CONVERSATION`: it does not,
 * but it lists the same one with all other messages of the conversation for which it lists any; only an archive can
 * know that.
 */
export type ContactBasis = 'TOLD' | 'CONVERSATION'

/** All bases, in a fixed order. */
export const CONTACT_BASES: readonly ContactBasis[] = ['TOLD', 'CONVERSATION']

/** The other party of a message, seen from the account that the source belongs to. */
export interface Contact {
  /** A phone number or id, in the one form of `normalizePhone`. */
  readonly id: string
  readonly basis: ContactBasis
}

/** The fields that tell the other party. */
export interface Parties {
  readonly direction: MessageDirection | null
  readonly from: string | null
  readonly to: string | null
}

/**
 * The other party as the message itself tells it: the sender of an inbound message, the recipient of an outbound one.
 * Null where that field or the direction is null. Every provider fills `Message.contact` with it.
 *
 * @example toldContact({ direction: 'INBOUND', from: '+14155552671', to: null })
 * // { id: '+14155552671', basis: 'TOLD' }
 */
export function toldContact({ direction, from, to }: Parties): Contact | null {
  const id = direction === 'INBOUND' ? from : direction === 'OUTBOUND' ? to : null
  return id === null ? null : { id, basis: 'TOLD' }
}
