import { MESSAGE_STATUSES, type ProviderCapabilities } from '@waybill/core'

/**
 * What Octopods' list can do: hand out the newest messages, and nothing else. It lists only what was sent through the
 * API, and that is always a template message to a customer. It has no sender's number and no
 * conversation: what is `absent` here may exist all the same.
 */
export const octopodsCapabilities: ProviderCapabilities = {
  paging: { kind: 'window', maxItems: 100 },
  fields: {
    direction: { domain: { kind: 'values', values: ['OUTBOUND'], nullable: false } },
    type: { domain: { kind: 'values', values: ['TEMPLATE'], nullable: false } },
    status: { domain: { kind: 'values', values: MESSAGE_STATUSES, nullable: false } },
    interactionId: { domain: { kind: 'absent' } },
    from: { domain: { kind: 'absent' } },
    to: { domain: { kind: 'text', nullable: false } },
    sentAt: { domain: { kind: 'time' } },
  },
  search: 'none',
  sorts: [{ field: 'createdAt', direction: 'desc' }],
  sparseFields: false,
  totals: 'never',
  maxSkewMs: 0,
}
