import type { SourceReport } from '@waybill/engine'
import type { Doubt, DoubtReason } from '@waybill/reconcile'

/**
 * Where the reading of a source proves nothing, by the report of one page of it. Fields that the source does not list
 * (NOT_TOLD) are a matter of single messages: they are seen where a message is compared.
 */
export function doubtsOfReport({
  source,
  outcome,
  completeness,
  reachesBackTo,
  gaps,
}: SourceReport): Doubt[] {
  const doubt = (because: DoubtReason, from: number | null, to: number | null): Doubt => ({
    source,
    because,
    from,
    to,
  })
  const isUnbounded = completeness === 'WINDOW_LIMITED' && reachesBackTo === null
  return [
    ...(outcome === 'FAILED' ? [doubt('SOURCE_FAILED', null, null)] : []),
    ...(completeness === 'UNPROVEN' ? [doubt('UNPROVEN', null, null)] : []),
    // Others of the oldest listed time may be out of reach.
    ...(reachesBackTo !== null || isUnbounded ? [doubt('BEYOND_REACH', null, reachesBackTo)] : []),
    ...gaps.map(({ from, to }) => doubt('GAP', from, to)),
  ]
}

/** What may still arrive at a source whose reading began at a time. */
export function unsettledSince(source: string, begunAt: number, maxSkewMs: number): Doubt {
  return { source, because: 'NOT_SETTLED', from: begunAt - maxSkewMs, to: null }
}
