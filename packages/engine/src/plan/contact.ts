import {
  type FieldCapability,
  type FieldDomain,
  MESSAGE_DIRECTIONS,
  type MessageDirection,
  type ProviderCapabilities,
} from '@waybill/core'

/**
 * The field that has the other party at a source: where all messages have one direction, it is the sender or the
 * recipient. What the source answers of `contact` itself is left to it: an archive knows more than these fields.
 */
export function contactField(capabilities: ProviderCapabilities): 'from' | 'to' | 'contact' {
  const [direction, ...others] = directionsOf(capabilities)
  if (capabilities.contact !== undefined || direction === undefined || others.length > 0) return 'contact'
  return PARTY[direction]
}

/** What a source can do with clauses on the other party; `absent` where no message of it can have one. */
export function contactCapability(capabilities: ProviderCapabilities): FieldCapability {
  const { contact, fields } = capabilities
  const isKnown = directionsOf(capabilities).some(
    (direction) => fields[PARTY[direction]].domain.kind !== 'absent',
  )
  if (!isKnown) return { domain: { kind: 'absent' } }
  const domain: FieldDomain = { kind: 'text', nullable: true }
  return contact === undefined ? { domain } : { domain, operators: contact, minListValues: 0 }
}

const PARTY = { INBOUND: 'from', OUTBOUND: 'to' } as const

/** The directions that listed messages can have; none where they are not listed with it. */
function directionsOf({ fields }: ProviderCapabilities): readonly MessageDirection[] {
  const { domain, listed } = fields.direction
  if (domain.kind === 'absent' || listed === false) return []
  return domain.kind === 'values'
    ? MESSAGE_DIRECTIONS.filter((direction) => domain.values.includes(direction))
    : MESSAGE_DIRECTIONS
}
