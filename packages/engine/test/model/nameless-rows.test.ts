import { expect, test } from 'vitest'
import type { UpstreamPlan } from './plan.js'
import { runHistory } from './run-history.js'
import { page, plan } from './shorthand.js'

const BY_UPDATE = { sort: { field: 'updatedAt', direction: 'desc' } } as const
const CASES = [2, 3, 4].flatMap((every) => [30, 60].map((cap) => [every, cap] as const))

async function read(upstream: Partial<UpstreamPlan>): Promise<Awaited<ReturnType<typeof runHistory>>> {
  return runHistory(plan({ rows: 537, ties: 3, ...upstream }, BY_UPDATE), [page(500)])
}

test.each(CASES)(
  'a row without an id every %i rows costs at most twice the requests, in pages of %i',
  async (every, cap) => {
    const honest = await read({ cap })
    const nameless = await read({ cap, lies: [{ kind: 'unreadable-rows', every, tellsId: false }] })
    expect(nameless.faults()).toEqual([])
    expect([...nameless.codesOf('s0')]).toEqual(['ROW_REJECTED'])
    expect(nameless.requests).toBeLessThanOrEqual(2 * honest.requests)
  },
)
