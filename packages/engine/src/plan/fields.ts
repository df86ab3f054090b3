import type { FilterClause, MessageField, ProviderCapabilities } from '@waybill/core'

/** What the other party is made of. */
const CONTACT_FIELDS = ['direction', 'from', 'to'] as const

/** The fields that have to be transferred: what is wanted, what is checked here, and what a cursor is made of. */
export function transferredFields(
  wanted: ReadonlySet<MessageField> | null,
  local: readonly FilterClause[],
  localSearch: string | null,
  capabilities: ProviderCapabilities,
): ReadonlySet<MessageField> | null {
  if (wanted === null || !capabilities.sparseFields) return null
  const needed = new Set<MessageField>([...wanted, 'upstreamId', 'sentAt'])
  for (const { field } of local) {
    if (field === 'source') continue
    for (const each of field === 'phone' ? (['from', 'to'] as const) : [field]) needed.add(each)
  }
  if (localSearch !== null) needed.add('text')
  if (needed.has('contact')) for (const each of CONTACT_FIELDS) needed.add(each)
  return needed
}
