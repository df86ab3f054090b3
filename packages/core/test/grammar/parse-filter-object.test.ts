import { describe, expect, expectTypeOf, it } from 'vitest'
import { parseFilter, type QueryInput } from '../../src/index.js'
import { shopSchema } from './shop-schema.js'

const parse = (input: QueryInput): unknown => parseFilter(shopSchema, input)

describe('reading filters from pairs', () => {
  it.each<[string, Iterable<readonly [string, string]>]>([
    ['URLSearchParams', new URLSearchParams('page=1&filter[name]=a%2C%26+b&filter[stock][in]=1,2')],
    [
      'a list',
      [
        ['filter[name]', 'a,& b'],
        ['filter[stock][in]', '1,2'],
      ],
    ],
    [
      'a map',
      new Map([
        ['filter[name]', 'a,& b'],
        ['filter[stock][in]', '1,2'],
      ]),
    ],
  ])('reads %s', (_, input) => {
    expect(parse(input)).toEqual([
      { field: 'name', operator: 'eq', value: 'a,& b' },
      { field: 'stock', operator: 'in', values: [1, 2] },
    ])
  })

  it('does not decode them again', () => {
    expect(parse([['filter[name]', '100%25+']])).toEqual([
      { field: 'name', operator: 'eq', value: '100%25+' },
    ])
    expect(parse([['filter%5Bname%5D', 'x']])).toEqual([])
  })

  it('is typed for what the web and web frameworks have', () => {
    expectTypeOf<URLSearchParams>().toExtend<QueryInput>()
    expectTypeOf<Map<string, string>>().toExtend<QueryInput>()
    expectTypeOf<Record<string, string | string[] | undefined>>().toExtend<QueryInput>()
    expectTypeOf<number>().not.toExtend<QueryInput>()
    expect(parse(new URLSearchParams())).toEqual([])
  })
})

describe('reading filters from a plain object', () => {
  it.each<[string, Record<string, unknown>]>([
    ['flat', { 'filter[name]': 'a', 'filter[stock][in]': '1,2' }],
    ['flat with a list', { 'filter[name]': 'a', 'filter[stock][in]': ['1', '2'] }],
    [
      'flat with an array name',
      { 'filter[name]': 'a', 'filter[stock][in][]': '1', 'filter[stock][in][1]': 2 },
    ],
    ['nested', { filter: { name: 'a', stock: { in: '1,2' } } }],
    ['nested with a list', { page: { size: 5 }, filter: { name: 'a', stock: { in: [1, 2n] } } }],
    ['nested with a numbered list', { filter: { name: 'a', stock: { in: { 0: '1', 1: '2' } } } }],
    ['half nested', { 'filter[name]': 'a', 'filter[stock]': { in: [1, 2] } }],
    [
      'without a prototype',
      Object.assign(Object.create(null), { filter: { name: 'a', stock: { in: [1, 2] } } }),
    ],
  ])('reads it %s', (_, input) => {
    expect(parse(input)).toEqual([
      { field: 'name', operator: 'eq', value: 'a' },
      { field: 'stock', operator: 'in', values: [1, 2] },
    ])
  })

  it('takes an empty list as it is, and does not split the members of a list', () => {
    expect(parse({ filter: { name: { in: [] }, code: { in: ['a,b', ''] } } })).toEqual([
      { field: 'name', operator: 'in', values: [] },
      { field: 'code', operator: 'in', values: ['a,b', ''] },
    ])
  })

  it('passes over holes in lists', () => {
    const sparse: unknown[] = []
    sparse[4_000_000_000] = 'a'
    expect(parse({ filter: { name: { in: sparse } } })).toEqual([
      { field: 'name', operator: 'in', values: ['a'] },
    ])
  })

  it.each([
    {},
    { filter: {} },
    { filter: null },
    { filter: undefined },
    { filter: { name: null } },
    { filter: { name: {} } },
    { filter: { name: { in: undefined } } },
  ])('takes absent values as no filter in %j', (input) => {
    expect(parse(input)).toEqual([])
  })

  it('takes numbers and booleans as their texts', () => {
    expect(parse({ filter: { name: 5, stock: 7, listed: true } })).toEqual([
      { field: 'name', operator: 'eq', value: '5' },
      { field: 'stock', operator: 'eq', value: 7 },
      { field: 'listed', operator: 'eq', value: true },
    ])
  })

  it('sees own properties only', () => {
    // Made as some frameworks make it: of no class, and inheriting from nothing but members.
    const inheriting = (members: object): object => {
      Object.setPrototypeOf(members, null)
      return Object.create(members) as object
    }
    expect(parse(inheriting({ filter: { name: 'a' } }) as Record<string, unknown>)).toEqual([])
    expect(parse({ filter: inheriting({ name: 'a' }) })).toEqual([])
    expect(parse({ filter: { name: inheriting({ in: 'a' }) } })).toEqual([])
  })

  it('sees nothing that a polluted prototype adds', () => {
    const polluted = Object.prototype as Record<string, unknown>
    try {
      polluted['filter'] = { name: 'a' }
      polluted['name'] = 'b'
      polluted['filter[stock]'] = 1
      expect([parse({}), parse({ filter: {} }), parse([])]).toEqual([[], [], []])
    } finally {
      for (const key of ['filter', 'name', 'filter[stock]']) delete polluted[key]
    }
  })
})
