import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type EqualityOperator,
  evaluateClause,
  type FilterClause,
  isTimeClause,
  matchesFilter,
  type Message,
} from '../../src/index.js'
import { BARE, clauses, filters, messages, sources } from './messages.js'

const OPERATORS: readonly EqualityOperator[] = ['eq', 'ne', 'in', 'notIn']

/** Which operators hold when each is given the same values. */
function holding(
  field: 'status' | 'phone' | 'interactionId',
  values: readonly string[],
  message: Partial<Message>,
) {
  return OPERATORS.filter((operator) =>
    evaluateClause({ field, operator, values }, { ...BARE, ...message }, 'octo'),
  )
}

describe('evaluating a clause', () => {
  it('compares values', () => {
    expect(holding('status', ['FAILED'], { status: 'FAILED' })).toEqual(['eq', 'in'])
    expect(holding('status', ['FAILED'], { status: 'SENT' })).toEqual(['ne', 'notIn'])
  })

  it('lets null satisfy no operator', () => {
    expect(holding('status', ['FAILED'], { status: null })).toEqual([])
    expect(holding('status', [], { status: null })).toEqual([])
  })

  it('matches nothing with an empty "in", and all that is known with an empty "notIn"', () => {
    const lists = holding('status', [], { status: 'SENT' }).filter((operator) =>
      operator.toLowerCase().endsWith('in'),
    )
    expect(lists).toEqual(['notIn'])
  })

  it('compares conversation ids as texts', () => {
    expect(holding('interactionId', ['07'], { interactionId: '7' })).toEqual(['ne', 'notIn'])
  })

  it('looks values up in long lists as it does in short ones', () => {
    const values = Array.from({ length: 100 }, (_, index) => String(index))
    expect(holding('interactionId', values, { interactionId: '99' })).toEqual(['eq', 'in'])
    expect(holding('interactionId', values, { interactionId: '100' })).toEqual(['ne', 'notIn'])
    expect(holding('interactionId', values, { interactionId: null })).toEqual([])
  })

  it('takes no longer for a message, however long the list is', () => {
    const values = Array.from({ length: 200_000 }, (_, index) => `+49${1e9 + index}`)
    const clause: FilterClause = { field: 'phone', operator: 'in', values }
    const found = (from: string): boolean => evaluateClause(clause, { ...BARE, from }, 'octo')
    // Comparing every message with every value takes longer than a test may.
    const numbers = Array.from({ length: 200_000 }, (_, index) => `+48${index}`)
    expect([...numbers, '+491000000007'].filter(found)).toEqual(['+491000000007'])
  })

  it.each([
    [{ from: '+1', to: '+2' }, ['eq', 'in']],
    [{ from: '+2', to: '+1' }, ['eq', 'in']],
    [{ from: null, to: '+1' }, ['eq', 'in']],
    [{ from: '+2', to: '+3' }, ['ne', 'notIn']],
    [{ from: '+2', to: null }, ['ne', 'notIn']],
    [{ from: null, to: null }, []],
  ])('takes either party of %j for "phone"', (parties, expected) => {
    expect(holding('phone', ['+1'], parties)).toEqual(expected)
  })

  it.each([
    ['gt', [false, false, true]],
    ['gte', [false, true, true]],
    ['lt', [true, false, false]],
    ['lte', [true, true, false]],
  ] as const)('bounds times with %s', (operator, expected) => {
    const clause: FilterClause = { field: 'sentAt', operator, value: 1000 }
    expect([999, 1000, 1001].map((sentAt) => evaluateClause(clause, { ...BARE, sentAt }, 'octo'))).toEqual(
      expected,
    )
  })

  it.each<[string, Partial<Message>, boolean]>([
    ['+49', { from: '+4930' }, true],
    ['+49', { to: '+4930' }, true],
    ['+49', { from: '+4830', to: null }, false],
    ['+49', { from: null, to: null }, false],
    ['', { from: '+4930' }, true],
    ['', { from: null, to: null }, false],
    ['A', { from: 'alice' }, false],
  ])('takes a party that starts with %j in %j: %j', (prefix, parties, expected) => {
    const clause: FilterClause = { field: 'phone', operator: 'startsWith', values: [prefix] }
    expect(evaluateClause(clause, { ...BARE, ...parties }, 'octo')).toBe(expected)
  })

  it('compares the source that it is given', () => {
    const clause: FilterClause = { field: 'source', operator: 'eq', values: ['shop'] }
    expect([evaluateClause(clause, BARE, 'shop'), evaluateClause(clause, BARE, 'octo')]).toEqual([
      true,
      false,
    ])
  })
})

describe('evaluating a filter', () => {
  it('matches everything without a clause', () => {
    expect(matchesFilter([], BARE, 'octo')).toBe(true)
  })

  it('agrees with the three-valued logic of SQL', () => {
    fc.assert(
      fc.property(clauses, messages, sources, (clause, message, source) => {
        expect(evaluateClause(clause, message, source)).toBe(truth(clause, message, source) === true)
      }),
      { numRuns: 2000 },
    )
  })

  it('wants all clauses to hold', () => {
    fc.assert(
      fc.property(filters, messages, sources, (filter, message, source) => {
        const truths = filter.map((clause) => truth(clause, message, source))
        expect(matchesFilter(filter, message, source)).toBe(!truths.includes(false) && !truths.includes(null))
      }),
      { numRuns: 1000 },
    )
  })
})

type Truth = boolean | null

/** SQL, literally: a comparison with null is null; OR and AND follow Kleene; IN is a chain of ORs. */
function truth(clause: FilterClause, message: Message, source: string): Truth {
  if (isTimeClause(clause)) {
    const sign = { gt: [1], gte: [0, 1], lt: [-1], lte: [-1, 0] }[clause.operator]
    return sign.includes(Math.sign(message.sentAt - clause.value))
  }
  const negated = clause.operator === 'ne' || clause.operator === 'notIn'
  const compares = (column: string, value: string): boolean =>
    clause.operator === 'startsWith' ? column.slice(0, value.length) === value : column === value
  const oneOf = (column: string | null): Truth =>
    column === null ? null : or(clause.values.map((value) => compares(column, value)))
  const columns: (string | null)[] = {
    source: [source],
    phone: [message.from, message.to].some((party) => party !== null)
      ? [message.from ?? 'nobody', message.to ?? 'nobody']
      : [null],
    status: [message.status],
    type: [message.type],
    direction: [message.direction],
    interactionId: [message.interactionId],
    from: [message.from],
    to: [message.to],
    contact: [message.contact?.id ?? null],
  }[clause.field]
  const found = or(columns.map(oneOf))
  return negated ? not(found) : found
}

function or(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true
  return truths.includes(null) ? null : false
}

function not(value: Truth): Truth {
  return value === null ? null : !value
}
