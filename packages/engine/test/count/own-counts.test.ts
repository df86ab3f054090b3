import type {
  CountGroup,
  CountRequest,
  MessageProvider,
  PartyField,
  ProviderCapabilities,
} from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { memoryProvider } from '../support/memory-provider.js'

const NONE = { period: null, status: null, type: null, direction: null, failureCode: null } as const

/** A source that counts by status, and says which requests it got. */
function countingSource(
  groups: readonly Partial<CountGroup>[],
  capabilities: Partial<ProviderCapabilities> = {},
  untold: readonly PartyField[] = [],
): { readonly provider: MessageProvider; readonly counted: CountRequest[]; readonly asked: string[] } {
  const exact = { domain: { kind: 'text', nullable: true }, operators: { eq: 'exact' } } as const
  const { provider, asked } = memoryProvider([{ upstreamId: '1', status: 'READ', to: '+14155550100' }], {
    status: exact,
  })
  const counted: CountRequest[] = []
  return {
    asked,
    counted,
    provider: {
      ...provider,
      capabilities: { ...provider.capabilities, counts: ['STATUS'], ...capabilities },
      count: async (request, call) => {
        call?.beforeAttempt?.()
        counted.push(request)
        return await Promise.resolve({
          groups: groups.map((group) => ({ count: 1, ...NONE, ...group })),
          parameters: ['count=status'],
          untold,
        })
      },
    },
  }
}

it('has a source count that can, and reads one that cannot', async () => {
  const { provider, counted, asked } = countingSource([
    { status: 'READ', count: 7 },
    { status: null, count: 2 },
  ])
  const engine = createEngine({ sources: [{ id: 'shop', provider }] })
  const counts = await engine.counts({ filter: [where('status', 'eq', 'READ')], by: ['SOURCE', 'STATUS'] })
  expect(counts).toMatchObject({
    total: 9,
    groups: [
      { source: 'shop', status: 'READ', count: 7 },
      { source: 'shop', status: null, count: 2 },
    ],
    reports: [
      {
        outcome: 'OK',
        completeness: 'COMPLETE',
        pushedDown: ['count=status'],
        upstreamRequests: 1,
        gaps: [],
      },
    ],
  })
  expect(counted).toEqual([
    { filter: [where('status', 'eq', 'READ')], search: null, by: ['STATUS'], timeZone: 'UTC' },
  ])
  expect(asked).toEqual([])
  // A key that it does not declare, a clause that it does not answer, and a search.
  await engine.counts({ by: ['STATUS', 'DAY'] })
  await engine.counts({ filter: [where('to', 'eq', '+14155550100')] })
  await engine.counts({ search: 'order' })
  expect(counted).toHaveLength(1)
  expect(asked.length).toBeGreaterThan(0)
})

it('warns that messages without a field that the filter asks for may belong to the counts', async () => {
  const { provider } = countingSource([{ status: 'READ' }], {}, ['to', 'contact'])
  const engine = createEngine({ sources: [{ id: 'shop', provider }] })
  const { total, reports } = await engine.counts({ by: ['STATUS'] })
  expect({ total, reports }).toMatchObject({
    total: 1,
    reports: [
      {
        outcome: 'OK',
        completeness: 'NOT_TOLD',
        warnings: [
          { code: 'FIELD_NOT_TOLD', field: 'to' },
          { code: 'FIELD_NOT_TOLD', field: 'contact' },
        ],
      },
    ],
  })
})

it('does not ask a source where nothing can match', async () => {
  const { provider, counted, asked } = countingSource([])
  const engine = createEngine({ sources: [{ id: 'shop', provider }] })
  const { total, reports } = await engine.counts({ filter: [where('source', 'eq', 'other')] })
  expect({ total, reports }).toMatchObject({
    total: 0,
    reports: [{ outcome: 'PRUNED', completeness: 'COMPLETE' }],
  })
  expect([counted, asked]).toEqual([[], []])
})

it.each<[string, Partial<CountGroup>[], RegExp]>([
  ['no count', [{ count: 0 }], /group 0 of its counts has no count of at least 1/],
  ['a part of a message', [{ count: 1.5 }], /group 0 of its counts has no count/],
  ['one group twice', [{ status: 'READ' }, { status: 'READ' }], /group 1 of its counts repeats another one/],
  ['a key that was not asked for', [{ period: 5 }], /values other than the keys/],
  ['a word of its own', [{ status: 'read' as 'READ' }], /values other than the keys/],
])('refuses counts with %s', async (_, groups, message) => {
  const { provider } = countingSource(groups)
  const engine = createEngine({ sources: [{ id: 'shop', provider }] })
  await expect(engine.counts({ by: ['STATUS'] })).rejects.toMatchObject({
    code: 'UPSTREAM_INVALID_RESPONSE',
    source: 'shop',
    message: expect.stringMatching(message),
  })
  const { reports, total } = await engine.counts({ by: ['STATUS'], onSourceError: 'PARTIAL' })
  expect({ total, reports }).toMatchObject({
    total: 0,
    reports: [{ outcome: 'FAILED', completeness: 'UNKNOWN' }],
  })
})

it('ends with BUDGET_SPENT where the budget does not allow to ask', async () => {
  const first = countingSource([{ status: 'READ' }])
  const second = countingSource([{ status: 'READ' }])
  const engine = createEngine({
    sources: [
      { id: 'first', provider: first.provider },
      { id: 'second', provider: second.provider },
    ],
  })
  const { total, reports } = await engine.counts({ maxUpstreamRequests: 1 })
  expect(total).toBe(1)
  expect(reports.map(({ completeness }) => completeness).toSorted()).toEqual(['BUDGET_SPENT', 'COMPLETE'])
})
