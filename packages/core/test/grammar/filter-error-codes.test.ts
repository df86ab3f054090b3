import { describe, expect, it } from 'vitest'
import { defineFilterSchema, parseFilter } from '../../src/index.js'
import { errorOf, filterErrorOf } from './shop-schema.js'

/** Code and parameter of every issue. */
function issuesOf(input: unknown): string[] {
  return filterErrorOf(input).issues.map(({ code, parameter }) => `${code} ${parameter ?? '-'}`)
}

describe('names that do not follow the grammar', () => {
  it.each([
    ['filter=a', ['MALFORMED_PARAMETER filter']],
    ['filter', ['MALFORMED_PARAMETER filter']],
    ['filter[]=a', ['UNKNOWN_FIELD filter[]']],
    ['filter[0]=a', ['UNKNOWN_FIELD filter[0]']],
    ['filter[name]]=a', ['MALFORMED_PARAMETER filter[name]]']],
    ['filter[name]x=a', ['MALFORMED_PARAMETER filter[name]x']],
    ['filter[[name]]=a', ['MALFORMED_PARAMETER filter[[name]]']],
    ['filter[na[me]=a', ['MALFORMED_PARAMETER filter[na[me]']],
    ['filter[name][in][a]=a', ['MALFORMED_PARAMETER filter[name][in][a]']],
    ['filter[name][in][][]=a', ['MALFORMED_PARAMETER filter[name][in][][]']],
    ['filter[name][]=a', ['MALFORMED_PARAMETER filter[name][]']],
    ['filter[name][0]=a', ['MALFORMED_PARAMETER filter[name][0]']],
    ['filter[name][ne][]=a', ['MALFORMED_PARAMETER filter[name][ne][]']],
    ['filter[name][eq]=a', ['UNKNOWN_OPERATOR filter[name][eq]']],
    ['filter[name][notIn]=a', ['UNKNOWN_OPERATOR filter[name][notIn]']],
    ['filter[Name]=a', ['UNKNOWN_FIELD filter[Name]']],
    ['filter[ name]=a', ['UNKNOWN_FIELD filter[ name]']],
    ['filter[%6]=a', ['MALFORMED_ENCODING filter[%6]', 'UNKNOWN_FIELD filter[%6]']],
  ])('%s', (query, expected) => {
    expect(issuesOf(query)).toEqual(expected)
  })

  it.each(['__proto__', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
    'knows no field and no operator "%s"',
    (name) => {
      expect(issuesOf(`filter[${name}]=1&filter[name][${name}]=1`)).toEqual([
        `UNKNOWN_FIELD filter[${name}]`,
        `UNKNOWN_OPERATOR filter[name][${name}]`,
      ])
      const hostile: unknown = JSON.parse(`{"filter":{"${name}":{"in":"1"},"name":{"${name}":"1"}}}`)
      expect(issuesOf(hostile)).toEqual([
        `UNKNOWN_FIELD filter[${name}][in]`,
        `UNKNOWN_OPERATOR filter[name][${name}]`,
      ])
    },
  )
})

describe('parameters that stand twice', () => {
  it.each<[unknown, string]>([
    ['filter[name]=a&filter[name]=b', 'filter[name]'],
    ['filter[name][in]=a&filter[name][in]=a', 'filter[name][in]'],
    ['filter[name][in]=a&filter[name][in][]=b', 'filter[name][in][]'],
    ['filter[name][in][]=a&filter[name][in]=b', 'filter[name][in]'],
    ['filter[name][in][3]=a&filter[name][in][3]=b', 'filter[name][in][3]'],
    [new URLSearchParams('filter[name]=a&filter[name]=b'), 'filter[name]'],
    [{ 'filter[name]': 'a', filter: { name: 'b' } }, 'filter[name]'],
    [{ filter: { name: { in: ['a'] } }, 'filter[name][in]': 'b' }, 'filter[name][in]'],
  ])('%s', (input, parameter) => {
    expect(issuesOf(input).map((issue) => issue.replace('[]', ''))).toEqual([
      `REPEATED_PARAMETER ${parameter}`.replace('[]', ''),
    ])
  })

  it('refuses a repeated parameter that a framework made a list of', () => {
    expect(issuesOf({ 'filter[name]': ['a', 'b'] })).toEqual([
      'MALFORMED_PARAMETER filter[name][]',
      'MALFORMED_PARAMETER filter[name][]',
    ])
  })
})

describe('values that a field does not have', () => {
  it.each([
    'stock=1.5',
    'stock=007',
    'stock=-0',
    'stock=+1',
    'stock= 1',
    'stock=1e3',
    'stock=0x10',
    'stock=٣',
    'stock=9007199254740992',
    'state=',
    'state=on sale',
    'created_at][gt=2026-02-30',
    'created_at][gt=2026-02-30T00:00:00Z',
    'listed=yes',
    'listed=True',
    'listed=',
  ])('%s', (text) => {
    const [name = '', value = ''] = text.split('=')
    expect(issuesOf([[`filter[${name}]`, value]])).toEqual([`INVALID_VALUE filter[${name}]`])
  })

  it('refuses text that is not well-formed', () => {
    expect(issuesOf([['filter[name]', 'a\uD800']])).toEqual(['INVALID_VALUE filter[name]'])
  })

  it.each<[string, unknown]>([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a function', () => 'a'],
    ['a symbol', Symbol('a')],
    ['no number', Number.NaN],
    ['infinity', Infinity],
    ['an object below an operator', { in: { a: { b: 'c' } } }],
  ])('refuses %s in an object', (_, value) => {
    const issues = issuesOf({ filter: { name: value } })
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatch(/^(?:INVALID_VALUE|MALFORMED_PARAMETER) filter\[name\]/)
  })

  it('refuses what is no text in a list', () => {
    expect(issuesOf({ filter: { name: { in: ['a', null, ['b'], { c: 'd' }] } } })).toEqual(
      Array.from({ length: 3 }, () => 'INVALID_VALUE filter[name][in][]'),
    )
  })
})

describe('inputs of no form', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['a function', () => ''],
    ['a date', new Date(0)],
    [
      'an instance of a class',
      new (class Query {
        filter = { name: 'a' }
      })(),
    ],
    ['a list of no pairs', [['filter[name]', 1]]],
    ['a set', new Set(['filter[name]'])],
    [
      'an object that throws',
      {
        get filter(): never {
          throw new Error('s3cret')
        },
      },
    ],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error('s3cret')
          },
        },
      ),
    ],
    [
      'an iterable that throws',
      {
        [Symbol.iterator]: (): never => {
          throw new Error('s3cret')
        },
      },
    ],
  ])('%s', (_, input) => {
    const error = filterErrorOf(input)
    expect(error.issues.map(({ code, position }) => [code, position])).toEqual([['MALFORMED_INPUT', null]])
    expect(error.message).not.toContain('s3cret')
  })
})

describe('inputs that are too long', () => {
  const schema = defineFilterSchema({ name: { kind: 'string', operators: ['eq', 'in'] } }, { maxLength: 20 })
  const codesOf = (input: string | [string, string][] | Record<string, unknown>): string[] =>
    errorOf(() => parseFilter(schema, input)).issues.map(({ code }) => code)

  it('are refused from the first character too many', () => {
    expect(parseFilter(schema, 'filter[name]=1234567')).toEqual([
      { field: 'name', operator: 'eq', value: '1234567' },
    ])
    expect(errorOf(() => parseFilter(schema, 'filter[name]=12345678')).message).toBe(
      'The parameters are too long together. Allowed: up to 20 characters.',
    )
  })

  it('are refused in every form', () => {
    expect(codesOf([['a', 'b'.repeat(18)]])).toEqual(['TOO_LONG'])
    expect(codesOf({ 'filter[name]': 'b'.repeat(20) })).toEqual(['TOO_LONG'])
    expect(codesOf({ filter: { name: { in: Array.from({ length: 9 }, () => 'b') } } })).toEqual(['TOO_LONG'])
  })
})
