import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defineFilterSchema,
  parseFilter,
  ParameterError,
  parseQuery,
  type QueryInput,
} from '../../src/index.js'
import { anyText } from '../any-text.js'
import { filterErrorOf, shopSchema } from './shop-schema.js'

/** What parsing yields: the tree, or the error where it is one of the parser's own. */
function outcomeOf(input: unknown): unknown {
  try {
    return parseFilter(shopSchema, input as QueryInput)
  } catch (error) {
    if (error instanceof ParameterError) return error
    throw error
  }
}

const tokens = fc.oneof(
  fc.constantFrom(
    'filter',
    '[',
    ']',
    '%5B',
    '%5D',
    '%',
    '%E2%82',
    '=',
    '&',
    ',',
    '+',
    '?',
    ' ',
    '1',
    '[0]',
    '[]',
  ),
  fc.constantFrom('name', 'stock', 'in', 'not_in', '__proto__', 'constructor', '\uD800', '😀', '€', '\0'),
  fc.constantFrom('filter[name]=', 'filter[stock][in]=', '&filter['),
)
const queries = fc.oneof(
  fc.array(tokens, { maxLength: 30 }).map((parts) => parts.join('')),
  anyText,
)

const anything = fc.anything({
  key: fc.constantFrom(
    'filter',
    'name',
    'stock',
    'in',
    'filter[name]',
    'filter[stock][in]',
    '__proto__',
    '0',
    'sort',
  ),
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
})

describe('hostile input', () => {
  it('makes nothing but a tree or an error of the family, whatever the text', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const outcome = outcomeOf(query)
        const issues = outcome instanceof ParameterError ? outcome.issues : []
        for (const { position, excerpt } of issues) {
          expect(position?.offset).toBeGreaterThanOrEqual(0)
          expect((position?.offset ?? 0) + (position?.length ?? 0)).toBeLessThanOrEqual(query.length)
          expect(excerpt).toMatch(/^[^\n]*\n *\^+$/)
        }
        expect(outcome instanceof ParameterError ? issues.length > 0 : Array.isArray(outcome)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('makes nothing but a tree or an error of the family, whatever the object', () => {
    const inputs = fc.oneof(anything, fc.record({ filter: anything }), fc.array(fc.tuple(queries, queries)))
    fc.assert(
      fc.property(inputs, (input) => {
        const outcome = outcomeOf(input)
        expect(Array.isArray(outcome) || outcome instanceof ParameterError).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('ends an object that holds itself, and one whose parts are shared beyond counting', () => {
    const cyclic: Record<string, unknown> = {}
    cyclic['filter'] = cyclic
    cyclic['name'] = cyclic
    expect(filterErrorOf(cyclic)).toBeInstanceOf(ParameterError)
    const wide = (member: unknown): Record<string, unknown> =>
      Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, member]))
    const { issues } = filterErrorOf({ filter: wide(wide(wide(null))) })
    expect(issues.map(({ code }) => code)).toEqual(['TOO_LONG'])
  })

  it('stops asking an iterable that never ends', () => {
    let asked = 0
    function* endless(): Generator<readonly [string, string]> {
      for (;;) {
        asked += 1
        yield ['', '']
      }
    }
    expect(filterErrorOf(endless()).issues.map(({ code }) => code)).toEqual(['TOO_LONG'])
    expect(asked).toBeLessThanOrEqual(shopSchema.maxLength)
  })

  it('leaves prototypes alone', () => {
    outcomeOf('filter[__proto__][polluted]=1&filter[constructor][prototype]=1')
    outcomeOf(JSON.parse('{"filter":{"__proto__":{"polluted":"1"}},"__proto__":{"filter":{"name":"a"}}}'))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('the work that an input makes', () => {
  // With more than linear work, these lengths would take many minutes.
  const LENGTH = 500_000
  const schema = defineFilterSchema(shopSchema.fields, { maxLength: LENGTH + 100 })
  const repeated = (unit: string): string => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH)

  it.each([
    ['opening brackets', `filter${repeated('[')}=`],
    ['closing brackets', `filter${repeated(']')}=`],
    ['brackets', `filter${repeated('[]')}=`],
    ['steps', `filter${repeated('[a]')}=`],
    ['an unending name', `filter[${repeated('a')}`],
    ['a long field', `filter[${repeated('a')}]=`],
    ['a long operator', `filter[name][${repeated('a')}]=`],
    ['escapes', `filter[name]=${repeated('%E2%82%AC')}`],
    ['spaces', `filter[created_at][gt]=${repeated(' ')}`],
    ['digits', `filter[stock]=${repeated('1')}`],
    ['fraction digits', `filter[created_at][gt]=2026-01-01T00:00:00.${repeated('0')}`],
    ['list values', `filter[name][in]=${repeated('a,')}`],
    ['ampersands', repeated('&')],
    ['question marks', repeated('?')],
    ['equals signs', `filter[name]=${repeated('=')}`],
    ['parameters', repeated('a[b]=c&')],
    ['members of a list', repeated('filter[name][in][]=&')],
    ['repetitions', repeated('filter[name]=&').slice(0, 200_000)],
    ['percent signs', `filter[name]=${repeated('%').slice(0, 100_000)}`],
    ['sorts', `sort=${repeated('a,')}`],
    ['fields', `fields=${repeated('a')}`],
  ])('grows no faster than its length: %s', (_, query) => {
    const querySchema = { filter: schema, sort: { fields: ['a'], maxTerms: 1 }, fields: { fields: ['b'] } }
    let issues = 0
    try {
      parseQuery(querySchema, query)
    } catch (error) {
      issues = error instanceof ParameterError ? error.issues.length : Infinity
    }
    expect(issues).toBeLessThanOrEqual(query.length)
  })

  it('looks at every property once', () => {
    const reads = (width: number): number => {
      let count = 0
      const list = new Proxy(
        Array.from({ length: width }, (_, index) => `${index}`),
        {
          get: (target, key) => {
            count += 1
            return Reflect.get(target, key) as unknown
          },
        },
      )
      parseFilter(schema, { filter: { name: { in: list } } })
      return count
    }
    expect(reads(2000) - reads(1000)).toBe(1000)
    expect(reads(4000) - reads(2000)).toBe(2000)
  })
})
