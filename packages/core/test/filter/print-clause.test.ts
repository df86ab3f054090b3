import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilterClause, parseMessageFilter, printClause } from '../../src/index.js'
import { clauses } from './messages.js'

describe('a clause for people', () => {
  it.each<[FilterClause, string]>([
    [{ field: 'status', operator: 'in', values: ['FAILED', 'DELETED'] }, 'filter[status][in]=failed,deleted'],
    [{ field: 'status', operator: 'notIn', values: [] }, 'filter[status][not_in]='],
    [{ field: 'type', operator: 'eq', values: ['TEXT'] }, 'filter[type]=text'],
    [{ field: 'phone', operator: 'eq', values: ['+14155552671'] }, 'filter[phone]=+14155552671'],
    [{ field: 'interactionId', operator: 'ne', values: ['A 7'] }, 'filter[interaction_id][ne]=A 7'],
    [
      { field: 'source', operator: 'in', values: ['a,b', 'C'] },
      'filter[source][in][]=a,b&filter[source][in][]=C',
    ],
    [
      { field: 'sentAt', operator: 'gte', value: Date.UTC(2026, 0, 1) },
      'filter[sent_at][gte]=2026-01-01T00:00:00.000Z',
    ],
    [{ field: 'sentAt', operator: 'lt', value: Infinity }, 'filter[sent_at][lt]=Infinity'],
    [{ field: 'status', operator: 'eq', values: ['ODD'] }, 'filter[status]=odd'],
  ])('of %j is %s', (clause, text) => {
    expect(printClause(clause)).toBe(text)
  })

  it('prints what the grammar reads, once it is encoded', () => {
    fc.assert(
      fc.property(clauses, (clause) => {
        const pairs = printClause(clause)
          .split('&')
          .map((parameter) => parameter.split('=') as [string, string])
        expect(parseMessageFilter(pairs)).toEqual([clause])
      }),
    )
  })
})
