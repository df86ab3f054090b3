import { describe, expect, it } from 'vitest'
import { defineFieldsSchema, defineSortSchema, parseQuery, type QueryInput } from '../../src/index.js'
import { errorOf, shopSchema } from './shop-schema.js'

const schema = {
  filter: shopSchema,
  sort: defineSortSchema(['created_at', 'name']),
  fields: defineFieldsSchema(['name', 'stock']),
}

function issuesOf(input: QueryInput): string[] {
  const { code, issues } = errorOf(() => parseQuery(schema, input))
  return [code, ...issues.map((issue) => `${issue.code} ${issue.parameter} ${issue.position?.offset}`)]
}

describe('reading a whole query', () => {
  it.each<[string, QueryInput]>([
    ['a text', '?page=3&sort=-created_at,name&filter[stock]=1&fields=stock,name'],
    ['encoded', 's%6Frt=%2Dcreated_at%2Cname&filter%5Bstock%5D=1&fields=stock%2Cname'],
    ['pairs', new URLSearchParams('sort=-created_at,name&fields=stock,name&filter[stock]=1')],
    ['an object', { sort: '-created_at,name', fields: 'stock,name', filter: { stock: 1 } }],
  ])('takes filter, sort and fields from %s', (_, input) => {
    expect(parseQuery(schema, input)).toEqual({
      filter: [{ field: 'stock', operator: 'eq', value: 1 }],
      sort: [
        { field: 'created_at', direction: 'desc' },
        { field: 'name', direction: 'asc' },
      ],
      fields: ['stock', 'name'],
    })
  })

  it('distinguishes what is absent from what is empty', () => {
    expect(parseQuery(schema, 'q=1')).toEqual({ filter: [], sort: [], fields: null })
    expect(parseQuery(schema, 'sort=&fields=')).toEqual({ filter: [], sort: [], fields: [] })
  })

  it.each<[QueryInput, string[]]>([
    ['sort=x', ['BAD_USER_INPUT', 'UNKNOWN_FIELD sort 5']],
    ['page=1&fields=stock,nme', ['BAD_USER_INPUT', 'UNKNOWN_FIELD fields 20']],
    ['sort=name&sort=name', ['BAD_USER_INPUT', 'REPEATED_PARAMETER sort 10']],
    ['sort[]=name', ['BAD_USER_INPUT', 'MALFORMED_PARAMETER sort[] 0']],
    ['fields[shop]=name', ['BAD_USER_INPUT', 'MALFORMED_PARAMETER fields[shop] 0']],
    ['sort[=name', ['BAD_USER_INPUT', 'MALFORMED_PARAMETER sort[ 4']],
    ['sort=%', ['BAD_USER_INPUT', 'MALFORMED_ENCODING sort 5', 'UNKNOWN_FIELD sort 5']],
    [{ sort: ['name'] }, ['BAD_USER_INPUT', 'MALFORMED_PARAMETER sort[] undefined']],
    [{ sort: [] }, ['BAD_USER_INPUT', 'MALFORMED_PARAMETER sort[] undefined']],
    ['sort=x&filter[x]=1', ['INVALID_FILTER', 'UNKNOWN_FIELD sort 5', 'UNKNOWN_FIELD filter[x] 14']],
    ['x'.repeat(65_537), ['INVALID_FILTER', 'TOO_LONG null undefined']],
  ])('lists what is wrong with %j', (input, expected) => {
    expect(issuesOf(input)).toEqual(expected)
  })
})
