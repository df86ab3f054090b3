import type { MessageProvider } from '@waybill/core'
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
] as const)('evaluates a list value with a comma here: %s %j', async (operator, values, ids, where_) => {
  const { provider, asked } = listing()
  const engine = createEngine({ sources: [{ id: 'memory', provider }] })
  const page = await engine.messages({ filter: [where('from', operator, ...values)] })
  expect(page.edges.map(({ message }) => message.upstreamId)).toEqual(ids)
  expect(reportOf(page, 'memory').evaluatedLocally.length).toBe(where_ === 'local' ? 1 : 0)
  expect(asked.every((filter) => (filter === '') === (where_ === 'local'))).toBe(true)
})
