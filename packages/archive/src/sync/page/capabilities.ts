import type { Message, MessageField, MessageSort, ProviderCapabilities } from '@waybill/core'

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
