import {
  COUNT_KEYS,
  MAX_PREFIX_LENGTH,
  type FieldCapability,
  type FieldDomain,
  type ProviderCapabilities,
  type SourceField,
  type ValueOperator,
  type FilterClause,
  type FilterOperator,
} from '@waybill/core'

/** The largest page that an archive serves. */
export const MAX_PAGE_SIZE = 500

const VALUES = {
  eq: 'exact',
  ne: 'exact',
  in: 'exact',
  notIn: 'exact',
  startsWith: 'exact',
} as const satisfies Record<ValueOperator, 'exact'>
const TIMES = { gt: 'exact', gte: 'exact', lt: 'exact', lte: 'exact' } as const

/** What an archive can do for a source: everything, with the values that the source can have. */
export function archivedCapabilities({ fields }: ProviderCapabilities): ProviderCapabilities {
  const value = (field: Exclude<SourceField, 'sentAt'>): FieldCapability => {
    const { domain } = fields[field]
    return domain.kind === 'absent'
      ? { domain }
      : { domain: storedDomain(domain), operators: VALUES, minListValues: 0 }
  }
  return {
    paging: { kind: 'cursor', maxPageSize: MAX_PAGE_SIZE },
    fields: {
      status: value('status'),
      type: value('type'),
      direction: value('direction'),
      interactionId: value('interactionId'),
      from: value('from'),
      to: value('to'),
      sentAt: { domain: fields.sentAt.domain, operators: TIMES },
    },
    phone: VALUES,
    contact: VALUES,
    search: 'exact',
    sorts: [
      { field: 'createdAt', direction: 'desc' },
      { field: 'createdAt', direction: 'asc' },
      { field: 'updatedAt', direction: 'desc' },
      { field: 'updatedAt', direction: 'asc' },
    ],
    sparseFields: true,
    totals: 'always',
    counts: COUNT_KEYS,
    maxSkewMs: 0,
    local: true,
  }
}

/** A member that stands for the rest is stored as such, and can be said like any other. */
function storedDomain(domain: FieldDomain): FieldDomain {
  if (domain.kind !== 'values') return domain
  return { kind: 'values', values: domain.values, nullable: domain.nullable }
}

/** @throws TypeError for a clause that the capabilities do not declare: nobody who read them asks for it. */
export function expectDeclared(capabilities: ProviderCapabilities, filter: readonly FilterClause[]): void {
  for (const clause of filter) {
    const { field, operator } = clause
    if (operatorsOf(capabilities, field)[operator] === undefined)
      throw new TypeError(`This source cannot be filtered by ${field} ${operator}.`)
    // An index holds no more of a long value.
    if (clause.operator === 'startsWith' && clause.values.some(({ length }) => length > MAX_PREFIX_LENGTH))
      throw new TypeError(
        `The value of startsWith on ${field} may have at most ${MAX_PREFIX_LENGTH} characters.`,
      )
  }
}

function operatorsOf(
  { fields, phone = {}, contact = {} }: ProviderCapabilities,
  field: FilterClause['field'],
): Readonly<Partial<Record<FilterOperator, unknown>>> {
  if (field === 'phone') return phone
  if (field === 'contact') return contact
  return field === 'source' ? {} : (fields[field satisfies SourceField].operators ?? {})
}
