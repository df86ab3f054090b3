import type {
  FieldCapability,
  FieldDomain,
  ProviderCapabilities,
  SourceField,
  ValueOperator,
} from '@waybill/core'

/** The largest page that an archive serves. */
export const MAX_PAGE_SIZE = 500

const VALUES = { eq: 'exact', ne: 'exact', in: 'exact', notIn: 'exact' } as const satisfies Record<
  ValueOperator,
  'exact'
>
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
    search: 'exact',
    sorts: [
      { field: 'createdAt', direction: 'desc' },
      { field: 'createdAt', direction: 'asc' },
      { field: 'updatedAt', direction: 'desc' },
      { field: 'updatedAt', direction: 'asc' },
    ],
    sparseFields: true,
    totals: 'always',
    maxSkewMs: 0,
  }
}

/** A member that stands for the rest is stored as such, and can be said like any other. */
function storedDomain(domain: FieldDomain): FieldDomain {
  if (domain.kind !== 'values') return domain
  return { kind: 'values', values: domain.values, nullable: domain.nullable }
}
