import type {
  Message,
  MessageDirection,
  MessageField,
  MessageSort,
  ProviderCapabilities,
} from '@waybill/core'

const NEWEST: MessageSort = { field: 'createdAt', direction: 'desc' }
const CHANGED: MessageSort = { field: 'updatedAt', direction: 'desc' }

/** Whether the source can list what changed last. Where it cannot, messages are asked for by id. */
export function tellsChanges({ sorts }: ProviderCapabilities): boolean {
  return sorts.some((sort) => sort.field === CHANGED.field && sort.direction === CHANGED.direction)
}

/** Whether the direction of a message is learned from the list that it stands in, as the engine does. */
export function learnsDirection({ fields: { direction } }: ProviderCapabilities): boolean {
  return direction.listed === false && direction.domain.kind === 'values' && !direction.domain.nullable
}

/**
 * The lists that together are a source's list in an order other than that of time: one for each direction where the
 * direction is learned, else the one list (`null`). The engine would merge them by time, and they do not follow it.
 */
export function listsOf(capabilities: ProviderCapabilities): readonly (MessageDirection | null)[] {
  const { domain } = capabilities.fields.direction
  return learnsDirection(capabilities) && domain.kind === 'values'
    ? (domain.values as readonly MessageDirection[])
    : [null]
}

/** All fields of a message but the direction: `null`, all fields, where that is no matter. */
export function fieldsWithoutDirection(capabilities: ProviderCapabilities): ReadonlySet<MessageField> | null {
  return learnsDirection(capabilities) ? LISTED : null
}

export { CHANGED, NEWEST }

const FIELDS: Readonly<Record<Exclude<keyof Message, 'direction'>, true>> = {
  upstreamId: true,
  whatsappId: true,
  type: true,
  rawType: true,
  status: true,
  rawStatus: true,
  text: true,
  from: true,
  to: true,
  interactionId: true,
  isRead: true,
  sentAt: true,
  failure: true,
  raw: true,
}
const LISTED: ReadonlySet<MessageField> = new Set(Object.keys(FIELDS) as MessageField[])
