import { describe, expect, it } from 'vitest'
import { defineFilterSchema, parseFilter } from '../../src/index.js'
import { shopSchema } from './shop-schema.js'

const parse = (query: string): unknown => parseFilter(shopSchema, query)

describe('reading filters from a query string', () => {
  it('reads every kind of value', () => {
    const query =
      'filter[name]=Tea&filter[stock][gte]=-5&filter[state][not_in]=soldout&filter[colour]=red' +
      '&filter[created_at][lt]=2026-01-31T12:00:00Z&filter[listed]=1&filter[listed][ne]=false&filter[code]= x '
    expect(parse(query)).toEqual([
      { field: 'name', operator: 'eq', value: 'Tea' },
      { field: 'stock', operator: 'gte', value: -5 },
      { field: 'state', operator: 'notIn', values: ['soldOut'] },
      { field: 'colour', operator: 'eq', value: 'RED' },
      { field: 'created_at', operator: 'lt', value: Date.parse('2026-01-31T12:00:00Z') },
      { field: 'listed', operator: 'eq', value: true },
      { field: 'listed', operator: 'ne', value: false },
      { field: 'code', operator: 'eq', value: 'x' },
    ])
  })

  it.each([
    ['gte', '2026-01-31T00:00:00.000Z'],
    ['lt', '2026-01-31T00:00:00.000Z'],
    ['gt', '2026-01-31T23:59:59.999Z'],
    ['lte', '2026-01-31T23:59:59.999Z'],
  ])('compares with a day as a whole: %s', (operator, time) => {
    const value = Date.parse(time)
    expect(parse(`filter[created_at][${operator}]=2026-01-31`)).toEqual([
      { field: 'created_at', operator, value },
    ])
    expect(() => parse(`filter[created_at][${operator}]=2026-02-30`)).toThrow('is not a value')
  })

  it.each(['', '?', '&', '&&', '?&', 'page=2', '?filters[name]=x', 'Filter[name]=x', 'filter.name=x'])(
    'finds no filter in %j',
    (query) => {
      expect(parse(query)).toEqual([])
    },
  )

  it('passes over what is no filter, however malformed', () => {
    const query = 'a=%&b[[=1&%zz=2&sort=-x&fields=y&=&[x]=1&filter[name]=Tea&%=filter[name]'
    expect(parse(query)).toEqual([{ field: 'name', operator: 'eq', value: 'Tea' }])
  })

  it.each([
    ['?filter[name]=a', 'a'],
    ['filter%5Bname%5D=a', 'a'],
    ['%66ilter%5bname]=a', 'a'],
    ['filter[name]=a+b', 'a b'],
    ['filter[name]=a%20b', 'a b'],
    ['filter[name]=a%2Bb', 'a+b'],
    ['filter[name]=a=b', 'a=b'],
    ['filter[name]=%E2%82%AC', '€'],
    ['filter[name]=%f0%9f%98%80!', '😀!'],
    ['filter[name]=€😀', '€😀'],
    ['filter[name]=100%25', '100%'],
    ['filter[name]=a%26b', 'a&b'],
    ['filter[name]=[x]', '[x]'],
    ['filter[name]=a,b', 'a,b'],
    ['filter[name]=%00', '\0'],
    ['filter[name]=', ''],
    ['filter[name]', ''],
  ])('decodes %j to %j', (query, value) => {
    expect(parse(query)).toEqual([{ field: 'name', operator: 'eq', value }])
  })

  it.each([
    ['filter[name][in]=', []],
    ['filter[name][in]', []],
    ['filter[name][in]=a', ['a']],
    ['filter[name][in]=a,b,a', ['a', 'b', 'a']],
    ['filter[name][in]=a%2Cb', ['a', 'b']],
    ['filter[name][in]=,', ['', '']],
    ['filter[name][in]=a,', ['a', '']],
    ['filter[name][in]= a', [' a']],
    ['filter[name][in][]=', ['']],
    ['filter[name][in][]=a,b', ['a,b']],
    ['filter[name][in][]=a&x=1&filter[name][in][]=b', ['a', 'b']],
    ['filter[name][in][1]=a&filter[name][in][0]=b', ['a', 'b']],
    ['filter[name][in][%30]=a', ['a']],
  ])('reads the list of %j as %j', (query, values) => {
    expect(parse(query)).toEqual([{ field: 'name', operator: 'in', values }])
  })

  it('keeps clauses in the order in which they first stand', () => {
    const query = 'filter[name][in][]=a&filter[stock]=1&filter[name][in][]=b&filter[name][ne]=c'
    expect(parse(query)).toEqual([
      { field: 'name', operator: 'in', values: ['a', 'b'] },
      { field: 'stock', operator: 'eq', value: 1 },
      { field: 'name', operator: 'ne', value: 'c' },
    ])
  })

  it('takes fields by any name that the schema has, also by those of built-in properties', () => {
    const fields = { constructor: { kind: 'integer', operators: ['eq'] } } as const
    expect(parseFilter(defineFilterSchema(fields), 'filter[constructor]=1')).toEqual([
      { field: 'constructor', operator: 'eq', value: 1 },
    ])
  })
})
