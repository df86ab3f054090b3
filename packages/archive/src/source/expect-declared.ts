import type { FilterClause, FilterOperator, ProviderCapabilities, SourceField } from '@waybill/core'

/** @throws TypeError for a clause that the capabilities do not declare: nobody who read them asks for it. */
export function expectDeclared(capabilities: ProviderCapabilities, filter: readonly FilterClause[]): void {
  for (const { field, operator } of filter) {
    if (operatorsOf(capabilities, field)[operator] !== undefined) continue
    throw new TypeError(`This source cannot be filtered by ${field} ${operator}.`)
  }
}

function operatorsOf(
  { fields, phone = {} }: ProviderCapabilities,
  field: FilterClause['field'],
): Readonly<Partial<Record<FilterOperator, unknown>>> {
  if (field === 'phone') return phone
  return field === 'source' ? {} : (fields[field satisfies SourceField].operators ?? {})
}
