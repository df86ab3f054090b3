import {
  evaluateClause,
  matchesFilter,
  type FilterClause,
  type Message,
  type MessageDirection,
  type ValueField,
  type ValueOperator,
} from '@waybill/core'
import { startWacrEmulator, type WacrEmulator, type WacrRow } from '@waybill/emulators'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { wacrRow } from './support/wacr-row.js'

const TYPES = ['text', 'template', 'image', 'order', 'poll', '', null]
const STATUSES = ['sent', 'delivered', 'read', 'failed', 'deleted', '', null]
const SAYABLE: Readonly<Partial<Record<ValueField, readonly string[]>>> = {
  type: ['TEXT', 'TEMPLATE', 'IMAGE', 'ORDER', 'VIDEO'],
  status: ['SENT', 'DELIVERED', 'READ', 'FAILED'],
  direction: ['INBOUND', 'OUTBOUND'],
  interactionId: ['0', '7', '8', '-1', '90071992547409931'],
}
const OPERATORS: readonly ValueOperator[] = ['eq', 'ne', 'in', 'notIn']

/** Every type with every status; conversations and directions change faster. */
const ROWS: readonly WacrRow[] = TYPES.flatMap((type) => STATUSES.map((status) => ({ type, status }))).map(
  (columns, index) =>
    wacrRow(index + 1, {
      ...columns,
      interactionId: [0, 7, 8, null][index % 4] ?? null,
      direction: index % 3 === 0 ? 'inbound' : 'outbound',
    }),
)

const clause: fc.Arbitrary<FilterClause> = fc
  .record({
    field: fc.constantFrom(...(Object.keys(SAYABLE) as ValueField[])),
    operator: fc.constantFrom(...OPERATORS),
  })
  .chain(({ field, operator }) => {
    const [minLength, maxLength] = operator === 'in' ? [0, 4] : operator === 'notIn' ? [1, 4] : [1, 1]
    const values = fc.array(fc.constantFrom(...(SAYABLE[field] ?? [])), { minLength, maxLength })
    return fc.record({ field: fc.constant(field), operator: fc.constant(operator), values })
  })

let upstream: WacrEmulator
let messages: readonly Message[]

beforeAll(async () => {
  upstream = await startWacrEmulator({ rows: ROWS })
  messages = await everyMessage()
})
afterAll(() => upstream.close())

/** What the list would yield if it told the direction. */
async function everyMessage(): Promise<Message[]> {
  const listed = await connect(upstream).list(listRequest())
  return listed.messages.map((message) => {
    const row = upstream.table.get(Number(message.upstreamId))
    return { ...message, direction: row?.direction.toUpperCase() as MessageDirection }
  })
}

function idsOf(list: readonly Message[]): string[] {
  return list.map((message) => message.upstreamId)
}

describe('a filter that is pushed down', () => {
  const single = Object.entries(SAYABLE).flatMap(([field, values]) =>
    OPERATORS.flatMap((operator) => {
      const operands =
        operator === 'eq' || operator === 'ne' ? values.map((value) => [value]) : [values, values.slice(0, 1)]
      return operands.map((chosen) => ({ field: field as ValueField, operator, values: chosen }))
    }),
  )

  it.each(single)('selects the rows that the clause selects here: %j', async (given) => {
    const { messages: found } = await connect(upstream).list(listRequest({ filter: [given] }))
    const expected = messages.filter((message) => evaluateClause(given, message, 'shop'))
    expect(idsOf(found)).toEqual(idsOf(expected))
  })

  it('selects the rows that all clauses select here, several about one field included', async () => {
    const provider = connect(upstream)
    const property = fc.asyncProperty(fc.array(clause, { maxLength: 5 }), async (filter) => {
      upstream.log.length = 0
      const { messages: found, parameters } = await provider.list(listRequest({ filter }))
      expect(idsOf(found)).toEqual(
        idsOf(messages.filter((message) => matchesFilter(filter, message, 'shop'))),
      )
      const [record] = upstream.log
      const sent = record?.searchParams.map(([name, value]) => `${name}=${value}`) ?? []
      expect(parameters).toEqual(sent.filter((parameter) => /^(?:filter|search|sort)/.test(parameter)))
      expect(record?.ignored ?? []).toEqual([])
    })
    await fc.assert(property, { numRuns: 300 })
  })

  it.each([
    [
      [
        ['eq', ['SENT']],
        ['in', ['SENT', 'READ']],
      ],
      ['filter[status][in]=sent'],
    ],
    [
      [
        ['ne', ['SENT']],
        ['notIn', ['READ', 'SENT']],
      ],
      ['filter[status][not_in]=sent,read'],
    ],
    [
      [
        ['in', ['SENT', 'READ']],
        ['ne', ['READ']],
      ],
      ['filter[status][in]=sent'],
    ],
    [
      [
        ['ne', ['SENT']],
        ['ne', ['READ']],
      ],
      ['filter[status][not_in]=sent,read'],
    ],
  ] as const)('says several clauses about one field in one parameter: %j', async (clauses, parameters) => {
    const filter = clauses.map(([operator, values]) => ({ field: 'status' as const, operator, values }))
    const result = await connect(upstream).list(listRequest({ filter }))
    expect(result.parameters).toEqual([...parameters, 'sort=-created_at'])
  })

  it('asks nothing where no row can match', async () => {
    upstream.log.length = 0
    const filter: FilterClause[] = [
      { field: 'status', operator: 'eq', values: ['SENT'] },
      { field: 'status', operator: 'eq', values: ['READ'] },
    ]
    const result = await connect(upstream).list(listRequest({ filter }))
    expect(result).toEqual({
      messages: [],
      rejected: [],
      parameters: [],
      page: { total: 0, pageSize: null, lastPage: null, hasNextPage: false },
    })
    expect(upstream.log).toEqual([])
  })
})
