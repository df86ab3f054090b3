import type { FieldCapability, MessageProvider, ProviderCapabilities, SourceField } from '@waybill/core'

/**
 * The same provider, declaring no operator and no search: the engine evaluates everything. Only a field that is never
 * listed keeps what it takes to learn it.
 */
export function withoutPushdown(provider: MessageProvider): MessageProvider {
  const { capabilities } = provider
  const fields = Object.fromEntries(
    Object.entries(capabilities.fields).map(([field, capability]) => [field, plain(capability)]),
  ) as Record<SourceField, FieldCapability>
  const reduced: ProviderCapabilities = { ...capabilities, fields, search: 'none', sparseFields: false }
  return { ...provider, capabilities: reduced }
}

function plain({ domain, listed }: FieldCapability): FieldCapability {
  if (listed !== false) return { domain }
  return { domain, listed, operators: { eq: 'exact' } }
}
