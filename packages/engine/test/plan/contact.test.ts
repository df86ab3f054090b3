import type { FieldCapability, MessageDirection, MessageField } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine, type MessagesQuery } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { memoryProvider } from '../support/memory-provider.js'

const ALICE = '+14155552671'
const BUSINESS = '+4930123456'
const ABSENT: FieldCapability = { domain: { kind: 'absent' } }
const BOTH: readonly MessageDirection[] = ['INBOUND', 'OUTBOUND']
const oneOf = (...values: MessageDirection[]): FieldCapability['domain'] => ({
  kind: 'values',
  values,
  nullable: false,
})

const rows = [
  { upstreamId: '1', sentAt: 1, direction: 'INBOUND', from: ALICE, to: BUSINESS },
  { upstreamId: '2', sentAt: 2, direction: 'OUTBOUND', from: BUSINESS, to: ALICE },
  { upstreamId: '3', sentAt: 3, direction: 'OUTBOUND', from: ALICE, to: BUSINESS },
  { upstreamId: '4', sentAt: 4, direction: 'OUTBOUND', from: BUSINESS, to: null },
  { upstreamId: '5', sentAt: 5, direction: null, from: ALICE, to: ALICE },
] as const

type Fields = Parameters<typeof memoryProvider>[1]

async function ask(given: Parameters<typeof memoryProvider>[0], fields: Fields, query: MessagesQuery = {}) {
  const { provider, asked } = memoryProvider(given, fields)
  const engine = createEngine({ sources: [{ id: 'memory', provider }] })
  const page = await engine.messages({ filter: [where('contact', 'eq', ALICE)], ...query })
  const [report] = page.reports
  return {
    ids: page.edges.map(({ message }) => message.upstreamId),
    contacts: page.edges.map(({ message }) => message.contact),
    completeness: report?.completeness,
    outcome: report?.outcome,
    untold: report?.warnings.map(({ field, count }) => [field, count]),
    asked,
  }
}

it('finds the sender of inbound and the recipient of outbound messages, whoever wrote', async () => {
  const answer = await ask(rows, {})
  expect(answer.ids).toEqual(['2', '1'])
  expect(answer.contacts).toEqual([
    { id: ALICE, basis: 'TOLD' },
    { id: ALICE, basis: 'TOLD' },
  ])
})

it('reports the messages whose other party is not listed', async () => {
  expect(await ask(rows, {})).toMatchObject({ completeness: 'NOT_TOLD', untold: [['contact', 2]] })
  expect(await ask(rows.slice(0, 3), {})).toMatchObject({ completeness: 'COMPLETE', untold: [] })
})

it.each([
  ['OUTBOUND', 'to', ['2']],
  ['INBOUND', 'from', ['1']],
] as const)('asks for the only party that an %s list can have', async (direction, field, ids) => {
  const own = rows.slice(0, 3).filter((row) => row.direction === direction)
  const exact: FieldCapability = { domain: { kind: 'text', nullable: false }, operators: { eq: 'exact' } }
  const answer = await ask(own, { direction: { domain: oneOf(direction) }, [field]: exact })
  expect(answer).toMatchObject({ ids, completeness: 'COMPLETE', asked: [`filter[${field}]=${ALICE}`] })
})

it('sends no request where the other party is never listed', async () => {
  const answer = await ask(rows, { direction: { domain: oneOf('OUTBOUND') }, to: ABSENT })
  expect(answer).toMatchObject({
    ids: [],
    asked: [],
    outcome: 'PRUNED',
    completeness: 'NOT_TOLD',
    untold: [['contact', null]],
  })
})

it('reads only the inbound list where the direction has to be learned and no recipient is listed', async () => {
  const learned: FieldCapability = { domain: oneOf(...BOTH), listed: false, operators: { eq: 'exact' } }
  const directed = rows.slice(0, 4)
  const query = { fields: new Set<MessageField>(['contact']) }
  const answer = await ask(directed, { direction: learned, to: ABSENT }, query)
  expect(answer).toMatchObject({ ids: ['1'], completeness: 'NOT_TOLD', untold: [['contact', null]] })
  // The other list is looked at once, to see that the two are apart.
  expect(answer.asked[0]).toBe('filter[direction]=inbound')
  const inbound = [where('contact', 'eq', ALICE), where('direction', 'eq', 'INBOUND')]
  const only = await ask(directed, { direction: learned, to: ABSENT }, { filter: inbound })
  expect(only).toMatchObject({ ids: ['1'], completeness: 'COMPLETE', untold: [] })
})

it('is read in the one form of a number', async () => {
  const filter = [where('contact', 'eq', '0014155552671@c.us'), where('contact', 'startsWith', '001')]
  expect((await ask(rows, {}, { filter })).ids).toEqual(['2', '1'])
})

it('leaves a source out for clauses that contradict each other', async () => {
  const filter = [where('contact', 'eq', ALICE), where('contact', 'eq', BUSINESS)]
  expect(await ask(rows, {}, { filter })).toMatchObject({ outcome: 'PRUNED', completeness: 'COMPLETE' })
})
