import type { FieldCapability, Paging, ProviderCapabilities } from '@waybill/core'
import type { UpstreamPlan } from './plan.js'

/** What an upstream of the model declares that it can do, whether it keeps to it or not. */
export function capabilitiesOf({ kind, filters, declaredSkewSeconds }: UpstreamPlan): ProviderCapabilities {
  const direction = { kind: 'values', values: ['INBOUND', 'OUTBOUND'], nullable: false } as const
  return {
    paging: pagingOf(kind),
    fields: {
      status: filtered(filters, { domain: { kind: 'values', values: ['SENT', 'READ'], nullable: true } }),
      type: { domain: { kind: 'values', values: ['TEXT'], nullable: false } },
      direction:
        kind === 'page'
          ? { domain: direction, operators: { eq: 'exact', ne: 'exact' }, listed: false }
          : { domain: direction },
      interactionId: filtered(filters, { domain: { kind: 'integer', nullable: true } }),
      from: { domain: { kind: 'absent' } },
      to: { domain: { kind: 'absent' } },
      sentAt: { domain: { kind: 'time' } },
    },
    search: 'none',
    sorts: (['createdAt', 'updatedAt'] as const).flatMap((field) =>
      kind === 'window' && field === 'updatedAt'
        ? []
        : (['asc', 'desc'] as const).map((each) => ({ field, direction: each })),
    ),
    sparseFields: false,
    totals: 'maybe',
    maxSkewMs: declaredSkewSeconds * 1000,
  }
}

function filtered(filters: boolean, field: FieldCapability): FieldCapability {
  return filters ? { ...field, operators: { eq: 'exact', ne: 'exact', in: 'exact' } } : field
}

function pagingOf(kind: UpstreamPlan['kind']): Paging {
  if (kind === 'window') return { kind, maxItems: 100 }
  return kind === 'page' ? { kind, maxPageSize: 100 } : { kind, maxPageSize: 50 }
}
