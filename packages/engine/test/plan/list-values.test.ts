import type { FilterClause, MessageProvider } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { memoryProvider } from '../support/memory-provider.js'
import { reportOf } from '../support/requests.js'

const SENDERS = ['a,b', 'a', 'b', null]

/** A source that takes lists of senders between commas. */
function listing(): { readonly provider: MessageProvider; readonly asked: string[] } {
  return memoryProvider(
    SENDERS.map((from, index) => ({ upstreamId: String(index), from, sentAt: index })),
    {
      from: {
        domain: { kind: 'text', nullable: true },
        operators: { eq: 'exact', ne: 'exact', in: 'exact', notIn: 'exact' },
        listSeparator: ',',
        maxListValues: 3,
      },
    },
  )
}

it.each([
  ['in', ['a,b', 'b'], ['2', '0'], 'local'],
  ['notIn', ['a,b', 'b'], ['1'], 'local'],
  ['in', ['a', 'b'], ['2', '1'], 'pushed'],
  ['eq', ['a,b'], ['0'], 'pushed'],
  ['in', ['a,b'], ['0'], 'pushed'],
  ['in', ['a', 'b', 'c'], ['2', '1'], 'pushed'],
  ['in', ['a', 'b', 'c', 'd'], ['2', '1'], 'local'],
  ['notIn', ['a', 'b', 'c', 'd'], ['0'], 'local'],
] as const)(
  'evaluates a list value with a comma, and a long list, here: %s %j',
  async (operator, values, ids, where_) => {
    const { provider, asked } = listing()
    const engine = createEngine({ sources: [{ id: 'memory', provider }] })
    const page = await engine.messages({ filter: [where('from', operator, ...values)] })
    expect(page.edges.map(({ message }) => message.upstreamId)).toEqual(ids)
    expect(reportOf(page, 'memory').evaluatedLocally.length).toBe(where_ === 'local' ? 1 : 0)
    expect(asked.every((filter) => (filter === '') === (where_ === 'local'))).toBe(true)
  },
)

it.each([
  ['text', 0, []],
  ['text', 1, ['filter[from][not_in]=']],
  ['values', 0, []],
  ['values', 1, ['filter[from][not_in]=']],
] as const)(
  'asks a source for what is not null where it can be asked that: %s, at least %i',
  async (kind, fewest, local) => {
    const operators = { notIn: 'exact' } as const
    const domain =
      kind === 'text' ? { kind, nullable: true } : { kind, nullable: true, values: ['a,b', 'a', 'b'] }
    const rows = SENDERS.map((from, index) => ({ upstreamId: String(index), from, sentAt: index }))
    const { provider } = memoryProvider(rows, { from: { domain, operators, minListValues: fewest } })
    const engine = createEngine({ sources: [{ id: 'memory', provider }] })
    const page = await engine.messages({ filter: [where('from', 'notIn')] })
    expect(page.edges.map(({ message }) => message.upstreamId)).toEqual(['2', '1', '0'])
    expect(reportOf(page, 'memory').evaluatedLocally).toEqual(local)
  },
)

it('takes lists that a client makes as long as it can', async () => {
  const { provider } = listing()
  const engine = createEngine({ sources: [{ id: 'memory', provider }] })
  const many = (prefix: string): string[] =>
    Array.from({ length: 250_000 }, (_, index) => `${prefix}${index}`)
  // Comparing every value of one with every value of another takes longer than a test may.
  const filter: FilterClause[] = [
    { field: 'from', operator: 'in', values: ['a', ...many('x')] },
    { field: 'from', operator: 'in', values: ['a', ...many('y')] },
    { field: 'from', operator: 'notIn', values: many('z') },
  ]
  const page = await engine.messages({ filter })
  expect(page.edges.map(({ message }) => message.upstreamId)).toEqual(['1'])
})
