import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { memoryProvider } from '../support/memory-provider.js'

const rows = [
  { upstreamId: '1', sentAt: 1, from: '+14155552671', to: '+4930123456' },
  { upstreamId: '2', sentAt: 2, from: '+4930123456', to: '+14155552671' },
  { upstreamId: '3', sentAt: 3, from: '+4930123456', to: null },
  { upstreamId: '4', sentAt: 4, from: null, to: null },
]

it.each([
  ['nothing is declared', undefined, [''], ['filter[phone]=+14155552671']],
  ['it is exact', { eq: 'exact' }, ['filter[phone]=+14155552671'], []],
  ['it is inexact', { eq: 'inexact' }, ['filter[phone]=+14155552671'], ['filter[phone]=+14155552671']],
  ['another operator is declared', { ne: 'exact' }, [''], ['filter[phone]=+14155552671']],
] as const)('asks for either party where a source tells both: %s', async (_name, phone, asked, local) => {
  const { provider, asked: sent } = memoryProvider(rows)
  const both = { ...provider, capabilities: { ...provider.capabilities, phone } }
  const engine = createEngine({ sources: [{ id: 'memory', provider: both }] })
  const page = await engine.messages({ filter: [where('phone', 'eq', '+14155552671')] })
  expect(page.edges.map(({ message }) => message.upstreamId)).toEqual(['2', '1'])
  expect(sent).toEqual(asked)
  expect(page.reports[0]?.evaluatedLocally).toEqual(local)
})

it('leaves a source out for a list of no numbers', async () => {
  const { provider, asked } = memoryProvider(rows)
  const engine = createEngine({ sources: [{ id: 'memory', provider }] })
  const page = await engine.messages({ filter: [where('phone', 'in')] })
  expect(page.reports[0]?.outcome).toBe('PRUNED')
  expect(asked).toEqual([])
})
