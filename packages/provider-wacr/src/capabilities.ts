import {
  MESSAGE_DIRECTIONS,
  MESSAGE_TYPES,
  type Exactness,
  type FilterOperator,
  type ProviderCapabilities,
} from '@waybill/core'

const VALUE_OPERATORS: Readonly<Partial<Record<FilterOperator, Exactness>>> = {
  eq: 'exact',
  ne: 'exact',
  in: 'exact',
  notIn: 'exact',
}
/** With 19 digits for each, a hundred ids take about 2,200 characters of an address; servers take 8,000 and up. */
const LISTS = { operators: VALUE_OPERATORS, listSeparator: ',', maxListValues: 100 }
const STATUSES = ['SENT', 'DELIVERED', 'READ', 'FAILED', 'UNKNOWN']

/**
 * What WA.cr's list can do. It has no recipient: `to` is `absent`, though every message has one.
 *
 * @param maxSkewMs How far `sent_at` may lie from the hidden `created_at`, in milliseconds.
 */
export function wacrCapabilities(maxSkewMs: number): ProviderCapabilities {
  return {
    paging: { kind: 'page', maxPageSize: 100 },
    fields: {
      status: { domain: { kind: 'values', values: STATUSES, nullable: true, rest: 'UNKNOWN' }, ...LISTS },
      type: { domain: { kind: 'values', values: MESSAGE_TYPES, nullable: true, rest: 'OTHER' }, ...LISTS },
      direction: {
        domain: { kind: 'values', values: MESSAGE_DIRECTIONS, nullable: false },
        listed: false,
        ...LISTS,
      },
      interactionId: { domain: { kind: 'integer', nullable: true }, ...LISTS },
      from: { domain: { kind: 'text', nullable: true } },
      to: { domain: { kind: 'absent' } },
      sentAt: { domain: { kind: 'time' } },
    },
    search: 'inexact',
    sorts: [
      { field: 'createdAt', direction: 'desc' },
      { field: 'createdAt', direction: 'asc' },
      { field: 'updatedAt', direction: 'desc' },
      { field: 'updatedAt', direction: 'asc' },
    ],
    sparseFields: true,
    totals: 'maybe',
    maxSkewMs,
  }
}
