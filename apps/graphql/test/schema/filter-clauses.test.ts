import { expect, test } from 'vitest'
import { filterClauses } from '../../src/schema/filter-clauses.js'

test('no filter, or one in which everything is null, has no clauses', () => {
  expect(filterClauses(undefined)).toEqual([])
  expect(filterClauses(null)).toEqual([])
  expect(filterClauses({ status: null, sentAt: null, from: { eq: null, in: null }, phone: {} })).toEqual([])
})

test('every operand is a clause of its own', () => {
  expect(
    filterClauses({
      source: { in: ['octo', 'shop'] },
      status: { ne: 'FAILED', notIn: ['DELETED'] },
      sentAt: { gte: 1, lt: 2 },
    }),
  ).toEqual([
    { field: 'source', operator: 'in', values: ['octo', 'shop'] },
    { field: 'status', operator: 'ne', values: ['FAILED'] },
    { field: 'status', operator: 'notIn', values: ['DELETED'] },
    { field: 'sentAt', operator: 'gte', value: 1 },
    { field: 'sentAt', operator: 'lt', value: 2 },
  ])
})

test('the epoch and an empty list are operands like any other', () => {
  expect(filterClauses({ type: { in: [] }, sentAt: { gt: 0 } })).toEqual([
    { field: 'type', operator: 'in', values: [] },
    { field: 'sentAt', operator: 'gt', value: 0 },
  ])
})

test('beginnings of numbers are read in any form', () => {
  expect(
    filterClauses({ from: { startsWith: '0049' }, phone: { startsWith: 'lead_' }, to: { startsWith: '' } }),
  ).toEqual([
    { field: 'from', operator: 'startsWith', values: ['+49'] },
    { field: 'to', operator: 'startsWith', values: [''] },
    { field: 'phone', operator: 'startsWith', values: ['lead_'] },
  ])
})

test('what can be no number is refused, every value of it at once', () => {
  expect(() => filterClauses({ from: { eq: '+49%' }, to: { in: ['4930', '030 23125380'] } })).toThrow(
    expect.objectContaining({
      code: 'INVALID_FILTER',
      issues: [
        expect.objectContaining({
          parameter: 'filter.from.eq',
          problem: '"+49%" is not a valid value: this is no phone number.',
        }),
        expect.objectContaining({ parameter: 'filter.to.in' }),
        expect.objectContaining({
          parameter: 'filter.to.in',
          problem: expect.stringContaining('defaultCountry') as string,
        }),
      ],
    }),
  )
})

test('phone numbers are brought into one form, ids are not', () => {
  expect(
    filterClauses({
      from: { eq: '14155552671' },
      to: { in: ['+14155552671', 'lead_7'] },
      phone: { ne: '14155552671' },
      interactionId: { eq: '14155552671' },
    }),
  ).toEqual([
    { field: 'interactionId', operator: 'eq', values: ['14155552671'] },
    { field: 'from', operator: 'eq', values: ['+14155552671'] },
    { field: 'to', operator: 'in', values: ['+14155552671', 'lead_7'] },
    { field: 'phone', operator: 'ne', values: ['+14155552671'] },
  ])
})
