/**
 * A message's direction, seen from the account that the source belongs to.
 */
export type MessageDirection = 'INBOUND' | 'OUTBOUND'

/** All directions, in a fixed order. */
export const MESSAGE_DIRECTIONS: readonly MessageDirection[] = ['INBOUND', 'OUTBOUND']

/**
 * How far a message got. `UNKNOWN` stands for a status that the upstream tells and the normalized vocabulary
 * does not have (the upstream's own word is kept in {@link Message.rawStatus}), or that it calls unknown itself.
 */
export type MessageStatus = 'SENT' | 'DELIVERED' | 'READ' | 'FAILED' | 'DELETED' | 'UNKNOWN'

/** All statuses, in a fixed order. */
export const MESSAGE_STATUSES: readonly MessageStatus[] = [
  'SENT',
  'DELIVERED',
  'READ',
  'FAILED',
  'DELETED',
  'UNKNOWN',
]

/**
 * What a message is made of. The names are the message types of WhatsApp's Cloud API; `OTHER` stands for every
 * type outside this list (the upstream's own word is kept in {@link Message.rawType}).
 */
export type MessageType =
  | 'TEXT'
  | 'TEMPLATE'
  | 'IMAGE'
  | 'VIDEO'
  | 'DOCUMENT'
  | 'AUDIO'
  | 'INTERACTIVE'
  | 'BUTTON'
  | 'CONTACTS'
  | 'LOCATION'
  | 'ORDER'
  | 'REACTION'
  | 'STICKER'
  | 'SYSTEM'
  | 'OTHER'

/** All types, in a fixed order. */
export const MESSAGE_TYPES: readonly MessageType[] = [
  'TEXT',
  'TEMPLATE',
  'IMAGE',
  'VIDEO',
  'DOCUMENT',
  'AUDIO',
  'INTERACTIVE',
  'BUTTON',
  'CONTACTS',
  'LOCATION',
  'ORDER',
  'REACTION',
  'STICKER',
  'SYSTEM',
  'OTHER',
]

/** Why a message failed, as far as the upstream sends it. */
export interface MessageFailure {
  /** The upstream's code in its own notation; null where it gives none. */
  readonly code: string | null
  /** In words; null where the upstream gives none. */
  readonly reason: string | null
}

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

/**
 * One message in the normalized form that every provider yields.
 * A field that the upstream does not tell is null; nothing is guessed.
 */
export interface Message {
  /** The id in the upstream's own system, as text. Unique within its source. */
  readonly upstreamId: string
  /** WhatsApp's own id (`wamid.…`). */
  readonly whatsappId: string | null
  readonly direction: MessageDirection | null
  readonly type: MessageType | null
  /** The type in the upstream's own word. */
  readonly rawType: string | null
  readonly status: MessageStatus | null
  /** The status in the upstream's own word. */
  readonly rawStatus: string | null
  /** The text exactly as the upstream sent it, including HTML of templates. */
  readonly text: string | null
  /** Sender's phone number or id, in the one form of {@link normalizePhone}. */
  readonly from: string | null
  /** Recipient's phone number, in the one form of {@link normalizePhone}. */
  readonly to: string | null
  /** The other party; null where it is not known. See `toldContact`. */
  readonly contact: Contact | null
  /** Id of the conversation. */
  readonly interactionId: string | null
  readonly isRead: boolean | null
  /** When it was sent, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly sentAt: number
  readonly failure: MessageFailure | null
  /**
   * The upstream's own object, unknown fields included, with every number in the digits in which it was sent: see
   * `parseExactJson`. `JSON.stringify` writes it so; a clone of it (`structuredClone`) does not keep them.
   */
  readonly raw: unknown
}

/** The names of a message's fields. */
export type MessageField = keyof Message

/** The names of all fields of a message: the compiler refuses the table when one is missing. */
export const MESSAGE_FIELDS: readonly MessageField[] = Object.keys({
  upstreamId: true,
  whatsappId: true,
  direction: true,
  type: true,
  rawType: true,
  status: true,
  rawStatus: true,
  text: true,
  from: true,
  to: true,
  contact: true,
  interactionId: true,
  isRead: true,
  sentAt: true,
  failure: true,
  raw: true,
} satisfies Record<MessageField, true>) as MessageField[]

/** What only a request for the single message returns. */
export interface MessageDetail {
  /** The upstream's description of the status, or its error text. */
  readonly statusMessage: string | null
  /** Upstream id of the message that this one replies to. */
  readonly replyToId: string | null
  readonly mediaUrl: string | null
  /** Id of the member of staff who sent it; null if a machine sent it. */
  readonly staffId: string | null
  /** Milliseconds since the epoch. */
  readonly deliveredAt: number | null
  /** Milliseconds since the epoch. */
  readonly readAt: number | null
}
