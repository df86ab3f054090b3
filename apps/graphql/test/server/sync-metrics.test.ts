import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/server/metrics.js'

describe('what is counted of a sync', () => {
  it('is every message and request of every step, the first reading of the history among them', async () => {
    const metrics = createMetrics()
    const counts = { added: 0, changed: 0, deleted: 0, requests: 1 }
    const source = 'shop'
    const read = { purpose: 'back-fill', from: 0, read: 500, total: 700, downTo: 1, isDone: false } as const
    metrics.syncEvent({ kind: 'history', source, ...read, ...counts, added: 500, requests: 6 })
    metrics.syncEvent({ kind: 'synced', source, ...counts, added: 3, pollIntervalMs: 5000 })
    metrics.syncEvent({ kind: 'changes', source, ...counts, changed: 2 })
    metrics.syncEvent({ kind: 'rechecked', source, ...counts, asked: 4, changed: 1, deleted: 1, requests: 4 })
    const lines = (await metrics.render()).split('\n').filter((line) => line.startsWith('waybill_sync'))
    expect(lines).toEqual([
      'waybill_sync_polls_total{source="shop",outcome="ok"} 1',
      'waybill_sync_requests_total{source="shop"} 12',
      'waybill_sync_messages_total{source="shop",change="added"} 503',
      'waybill_sync_messages_total{source="shop",change="changed"} 3',
      'waybill_sync_messages_total{source="shop",change="deleted"} 1',
    ])
  })
})
