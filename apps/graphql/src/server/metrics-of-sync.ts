import type { StepCounts, SyncEvent } from '@waybill/archive'
import { Counter, type Registry } from 'prom-client'

/** Counts what the sync of this process does. */
export interface SyncCounters {
  count(event: SyncEvent): void
}

const COUNTERS = {
  polls: ['waybill_sync_polls_total', 'Polls by source and outcome: ok, or the error code.', 'outcome'],
  requests: ['waybill_sync_requests_total', 'Upstream requests of the successful steps of a sync.'],
  messages: [
    'waybill_sync_messages_total',
    'Messages that a sync added, changed or marked as deleted.',
    'change',
  ],
  gaps: ['waybill_sync_gaps_total', 'Gaps that this process found.'],
  behind: [
    'waybill_sync_behind_total',
    'How often messages began to arrive faster than the limits allow Waybill to poll.',
  ],
  leases: ['waybill_sync_leases_lost_total', 'How often another process took over a source from this one.'],
} as const

const CHANGES = ['added', 'changed', 'deleted'] as const

export function syncCounters(registry: Registry): SyncCounters {
  const make = ([name, help, ...labels]: readonly [string, string, ...string[]]): Counter =>
    new Counter({ name, help, labelNames: ['source', ...labels], registers: [registry] })
  const polls = make(COUNTERS.polls)
  const requests = make(COUNTERS.requests)
  const messages = make(COUNTERS.messages)
  const gaps = make(COUNTERS.gaps)
  const behind = make(COUNTERS.behind)
  const leases = make(COUNTERS.leases)
  const countStep = ({ source, requests: sent, ...counts }: StepCounts & { source: string }): void => {
    requests.inc({ source }, sent)
    for (const change of CHANGES) messages.inc({ source, change }, counts[change])
  }
  return {
    count: (event) => {
      if (event.kind === 'schedule-failed') return
      const { source } = event
      switch (event.kind) {
        case 'synced':
          polls.inc({ source, outcome: 'ok' })
          return countStep(event)
        case 'changes':
        case 'history':
        case 'rechecked':
          return countStep(event)
        case 'failed':
          return polls.inc({ source, outcome: event.error.code })
        case 'gap':
          return gaps.inc({ source })
        case 'behind':
          return behind.inc({ source })
        case 'lease-lost':
          return leases.inc({ source })
        case 'kept-up':
        case 'restarted':
        case 'waiting':
          return undefined
      }
    },
  }
}
