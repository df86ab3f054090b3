import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilterNode, parseFilter, printFilter } from '../../src/index.js'
import { errorOf, shopSchema } from './shop-schema.js'
import { anyText } from '../any-text.js'

type Node = FilterNode<(typeof shopSchema)['fields']>

const texts = fc.oneof(
  anyText,
  fc.string({ unit: fc.constantFrom('a', ',', '%', '&', '=', '[', ']', '+', ' ', '#', '?', '€', '😀', '') }),
)
const integers = fc.maxSafeInteger().map((value) => value + 0)
const times = fc
  .date({
    min: new Date('0001-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  })
  .map((date) => date.getTime())

const one = <const F, O, V>(field: F, operators: readonly O[], value: fc.Arbitrary<V>) =>
  fc.record({ field: fc.constant(field), operator: fc.constantFrom(...operators), value })
const list = <const F, O, V>(field: F, operators: readonly O[], value: fc.Arbitrary<V>) =>
  fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom(...operators),
    values: fc.array(value, { maxLength: 4 }),
  })

const nodes: fc.Arbitrary<Node> = fc.oneof(
  one('name', ['eq', 'ne', 'startsWith'] as const, texts),
  list('name', ['in', 'notIn'] as const, texts),
  list(
    'code',
    ['in'] as const,
    texts.map((text) => text.trim()),
  ),
  one('stock', ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const, integers),
  list('stock', ['in', 'notIn'] as const, integers),
  one('state', ['eq'] as const, fc.constantFrom('onSale', 'soldOut')),
  list('colour', ['in'] as const, fc.constantFrom('RED', 'BLUE')),
  one('created_at', ['gt', 'gte', 'lt', 'lte'] as const, times),
  one('listed', ['eq', 'ne'] as const, fc.boolean()),
)
const trees: fc.Arbitrary<Node[]> = fc.uniqueArray(nodes, {
  selector: ({ field, operator }) => `${field} ${operator}`,
  maxLength: 8,
})

describe('printing a filter and reading it back', () => {
  it('gives the same tree, and the same text', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const text = printFilter(shopSchema, tree)
        expect(parseFilter(shopSchema, text)).toEqual(tree)
        expect(parseFilter(shopSchema, `?page=2&${text}&sort=-x`)).toEqual(tree)
        expect(printFilter(shopSchema, parseFilter(shopSchema, text))).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })

  it('gives the same tree through URLSearchParams', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const parameters = new URLSearchParams(printFilter(shopSchema, tree))
        expect(parseFilter(shopSchema, parameters)).toEqual(tree)
        expect(parseFilter(shopSchema, parameters.toString())).toEqual(tree)
      }),
    )
  })

  it('gives the same tree through an address, in which every character is allowed', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const text = printFilter(shopSchema, tree)
        expect(text).toMatch(/^[\w.~!'()*%,:=&-]*$/)
        expect(new URL(`https://api.example/?${text}`).search.slice(1)).toBe(text.replaceAll("'", '%27'))
      }),
    )
  })

  it('gives the same clauses as an object of frameworks does', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const filter: Record<string, Record<string, unknown>> = {}
        for (const node of tree)
          if (node.operator !== 'eq') (filter[node.field] ??= {})[wordOf(node)] = plain(node)
        const flat = tree
          .filter(({ operator }) => operator === 'eq')
          .map((node) => [`filter[${node.field}]`, plain(node)])
        const parsed = parseFilter(shopSchema, {
          filter,
          ...(Object.fromEntries(flat) as Record<string, unknown>),
        })
        expect(new Set(parsed)).toEqual(new Set(tree))
      }),
    )
  })

  it.each<[Node, string]>([
    [{ field: 'name', operator: 'eq', value: 'a,b c+d' }, 'filter%5Bname%5D=a,b%20c%2Bd'],
    [
      { field: 'name', operator: 'startsWith', value: '+49, a' },
      'filter%5Bname%5D%5Bstarts_with%5D=%2B49,%20a',
    ],
    [{ field: 'name', operator: 'startsWith', value: '' }, 'filter%5Bname%5D%5Bstarts_with%5D='],
    [{ field: 'name', operator: 'in', values: [] }, 'filter%5Bname%5D%5Bin%5D='],
    [{ field: 'name', operator: 'in', values: [''] }, 'filter%5Bname%5D%5Bin%5D%5B%5D='],
    [{ field: 'name', operator: 'in', values: ['', ''] }, 'filter%5Bname%5D%5Bin%5D=,'],
    [{ field: 'name', operator: 'notIn', values: ['a', 'b'] }, 'filter%5Bname%5D%5Bnot_in%5D=a,b'],
    [
      { field: 'name', operator: 'in', values: ['a,b', 'c'] },
      'filter%5Bname%5D%5Bin%5D%5B%5D=a,b&filter%5Bname%5D%5Bin%5D%5B%5D=c',
    ],
    [{ field: 'colour', operator: 'in', values: ['RED', 'BLUE'] }, 'filter%5Bcolour%5D%5Bin%5D=red,blue'],
    [
      { field: 'created_at', operator: 'gte', value: 0 },
      'filter%5Bcreated_at%5D%5Bgte%5D=1970-01-01T00:00:00.000Z',
    ],
  ])('writes %j as %s', (node, text) => {
    expect(printFilter(shopSchema, [node])).toBe(text)
  })
})

describe('trees without a text', () => {
  it.each<[string, Node[], string]>([
    ['a time too late', [{ field: 'created_at', operator: 'lt', value: 8.64e15 }], 'INVALID_VALUE'],
    ['no time', [{ field: 'created_at', operator: 'lt', value: Number.NaN }], 'INVALID_VALUE'],
    ['an integer too large', [{ field: 'stock', operator: 'lt', value: 2 ** 53 }], 'INVALID_VALUE'],
    ['a lone surrogate', [{ field: 'name', operator: 'in', values: ['a', '\uDC00'] }], 'INVALID_VALUE'],
    [
      'the same field and operator twice',
      [
        { field: 'stock', operator: 'gt', value: 1 },
        { field: 'stock', operator: 'gt', value: 2 },
      ],
      'REPEATED_PARAMETER',
    ],
  ])('are refused: %s', (_, tree, code) => {
    const error = errorOf(() => printFilter(shopSchema, tree))
    expect(error.issues).toEqual([expect.objectContaining({ code, position: null, excerpt: null })])
  })

  it('names which', () => {
    const tree: Node[] = [{ field: 'created_at', operator: 'lt', value: Infinity }]
    expect(errorOf(() => printFilter(shopSchema, tree)).message).toBe(
      'filter[created_at][lt]: a value cannot be written so that it is read back unchanged. ' +
        'Allowed: a time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00+02:00, a day in UTC such as 2026-01-31.',
    )
  })
})

function wordOf({ operator }: Node): string {
  if (operator === 'startsWith') return 'starts_with'
  return operator === 'notIn' ? 'not_in' : operator
}

function plain(node: Node): unknown {
  if ('values' in node) return node.values
  return node.field === 'created_at' ? new Date(node.value).toISOString() : node.value
}
