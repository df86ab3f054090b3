import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type FilterClause,
  type MessageFilter,
  type NationalNumbers,
  ParameterError,
  parseMessageFilter,
  printMessageFilter,
} from '../../src/index.js'
import { filters } from './messages.js'

describe('the message filter in the grammar', () => {
  it('reads every field', () => {
    const query =
      'filter[source]=octo&filter[status][in]=failed,Deleted&filter[type][ne]=TEMPLATE&filter[direction][not_in]=inbound' +
      '&filter[interaction_id]=07&filter[from]=14155552671&filter[to][in]=+4915112345678,alice' +
      '&filter[phone][ne]=%2B14155552671&filter[sent_at][gte]=2026-01-01T00:00:00Z&filter[sent_at][lt]=2026-02-01%2000:00:00'
    expect(parseMessageFilter(query)).toEqual([
      { field: 'source', operator: 'eq', values: ['octo'] },
      { field: 'status', operator: 'in', values: ['FAILED', 'DELETED'] },
      { field: 'type', operator: 'ne', values: ['TEMPLATE'] },
      { field: 'direction', operator: 'notIn', values: ['INBOUND'] },
      { field: 'interactionId', operator: 'eq', values: ['07'] },
      { field: 'from', operator: 'eq', values: ['+14155552671'] },
      { field: 'to', operator: 'in', values: ['+4915112345678', 'alice'] },
      { field: 'phone', operator: 'ne', values: ['+14155552671'] },
      { field: 'sentAt', operator: 'gte', value: Date.UTC(2026, 0, 1) },
      { field: 'sentAt', operator: 'lt', value: Date.UTC(2026, 1, 1) },
    ])
    expectTypeOf(parseMessageFilter).returns.toEqualTypeOf<MessageFilter>()
  })

  it('takes a space for the plus sign of a number only', () => {
    expect(parseMessageFilter('filter[from][in]=+14155552671,+alice&filter[source]=+14155552671')).toEqual([
      { field: 'from', operator: 'in', values: ['+14155552671', ' alice'] },
      { field: 'source', operator: 'eq', values: [' 14155552671'] },
    ])
  })

  it('reads the beginnings of numbers', () => {
    expect(
      parseMessageFilter(
        'filter[from][starts_with]=0049&filter[to][starts_with]=+49&filter[phone][starts_with]=shop-',
      ),
    ).toEqual([
      { field: 'from', operator: 'startsWith', values: ['+49'] },
      { field: 'to', operator: 'startsWith', values: ['+49'] },
      { field: 'phone', operator: 'startsWith', values: ['shop-'] },
    ])
    expect(() => parseMessageFilter('filter[to][starts_with]=49*')).toThrow(
      'filter[to][starts_with]: "49*" is not a value of "to": this is no phone number. Allowed: the beginning of a number ' +
        'with its country code, of at most 15 digits (+49, 0049, 49, whatsapp:+49), the beginning of an id that holds letters.',
    )
    expect(() => parseMessageFilter('filter[source][starts_with]=a')).toThrow(
      '"source" does not take the operator "starts_with".',
    )
  })

  it('refuses what cannot be a number, and names the accepted forms', () => {
    expect(() => parseMessageFilter([['filter[phone][in]', '+493023125380,+49%']])).toThrow(
      'filter[phone][in]: "+49%" is not a value of "phone": this is no phone number. Allowed: a number of 8 to 15 digits ' +
        'with its country code (+49 30 23125380, 0049 30 23125380, 493023125380, tel:+49-30-23125380, ' +
        'whatsapp:+493023125380, https://wa.me/493023125380, 493023125380@c.us, 493023125380@s.whatsapp.net), an id that holds letters.\n' +
        'filter[phone][in]=+493023125380,+49%\n                                ^^^^',
    )
  })

  it('reads national numbers for the country that it is given', () => {
    const national: NationalNumbers = {
      country: 'DE',
      isInternational: () => true,
      readNumber: (digits) => `+49${digits.slice(1)}`,
      readPrefix: (digits) => `+49${digits.slice(1)}`,
    }
    const query = 'filter[from]=030%2023125380&filter[to][starts_with]=030'
    expect(parseMessageFilter(query, { national })).toEqual([
      { field: 'from', operator: 'eq', values: ['+493023125380'] },
      { field: 'to', operator: 'startsWith', values: ['+4930'] },
    ])
    expect(() => parseMessageFilter(query)).toThrow('set "defaultCountry"')
  })

  it('writes a percent-encoded query', () => {
    const filter: MessageFilter = [
      { field: 'status', operator: 'in', values: ['FAILED', 'DELETED'] },
      { field: 'sentAt', operator: 'gte', value: Date.UTC(2026, 0, 1) },
      { field: 'phone', operator: 'eq', values: ['+14155552671'] },
    ]
    expect(printMessageFilter(filter)).toBe(
      'filter%5Bstatus%5D%5Bin%5D=failed,deleted&filter%5Bsent_at%5D%5Bgte%5D=2026-01-01T00:00:00.000Z' +
        '&filter%5Bphone%5D=%2B14155552671',
    )
    expect(printMessageFilter([])).toBe('')
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const text = printMessageFilter(filter)
        expect(parseMessageFilter(text)).toEqual(filter)
        expect(printMessageFilter(parseMessageFilter(text))).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })

  it('knows the fields by their names in the grammar only', () => {
    expect(() => parseMessageFilter('filter[interactionId]=7')).toThrow(
      'filter[interactionId]: unknown filter field "interactionId". Did you mean "interaction_id"? ' +
        'Allowed: source, status, type, direction, interaction_id, from, to, phone, contact, sent_at.\n' +
        'filter[interactionId]=7\n       ^^^^^^^^^^^^^',
    )
  })

  it.each<[string, FilterClause]>([
    ['no value', { field: 'status', operator: 'eq', values: [] }],
    ['two values', { field: 'source', operator: 'ne', values: ['a', 'b'] }],
    ['an unknown value', { field: 'status', operator: 'in', values: ['failed'] }],
    ['a number that is not in its one form', { field: 'to', operator: 'in', values: ['14155552671'] }],
    ['what would be read as a number', { field: 'phone', operator: 'ne', values: [' 14155552671'] }],
    ['no time', { field: 'sentAt', operator: 'gt', value: -Infinity }],
  ])('writes no clause with %s', (_, clause) => {
    expect(() => printMessageFilter([clause])).toThrow(ParameterError)
  })
})
