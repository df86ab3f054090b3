import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineSortSchema, parseSort, printSort, type SortTerm } from '../../src/index.js'
import { errorOf } from './shop-schema.js'

const schema = defineSortSchema(['created_at', 'name', 'stock'], { maxTerms: 2 })

describe('the sort grammar', () => {
  it('reads names, and a minus sign for descending', () => {
    expect(parseSort(schema, '-created_at,name')).toEqual([
      { field: 'created_at', direction: 'desc' },
      { field: 'name', direction: 'asc' },
    ])
  })

  it('reads the empty text as no sort', () => {
    expect(parseSort(schema, '')).toEqual([])
  })

  it.each([
    ['-craeted_at', 'UNKNOWN_FIELD', 1, 10, 'created_at'],
    ['--name', 'UNKNOWN_FIELD', 1, 5, 'name'],
    ['+name', 'UNKNOWN_FIELD', 0, 5, 'name'],
    ['name,', 'UNKNOWN_FIELD', 5, 0, null],
    ['-', 'UNKNOWN_FIELD', 1, 0, null],
    ['constructor', 'UNKNOWN_FIELD', 0, 11, null],
    ['name,-name', 'REPEATED_PARAMETER', 5, 5, null],
    ['name,stock,created_at', 'TOO_MANY_VALUES', 0, 21, null],
  ])('refuses %j', (text, code, offset, length, suggestion) => {
    const error = errorOf(() => parseSort(schema, text))
    expect(error.code).toBe('BAD_USER_INPUT')
    expect(error.issues).toEqual([
      expect.objectContaining({ code, parameter: 'sort', position: { offset, length }, suggestion }),
    ])
  })

  it('names what is allowed', () => {
    expect(errorOf(() => parseSort(schema, 'name,-stok')).message).toBe(
      'sort: unknown field "stok". Did you mean "stock"? ' +
        'Allowed: created_at, -created_at, name, -name, stock, -stock.\nname,-stok\n      ^^^^',
    )
    expect(errorOf(() => parseSort(schema, 'a,b,c')).message).toBe(
      'sort: the list holds 3 names. Allowed: up to 2.\na,b,c\n^^^^^',
    )
  })

  it('looks at no text that is too long, and at nothing that is no text', () => {
    expect(errorOf(() => parseSort(schema, ','.repeat(65_537))).message).toBe(
      'sort: the text is too long. Allowed: up to 65536 characters.',
    )
    expect(errorOf(() => parseSort(schema, ['name'] as unknown as string)).message).toBe(
      'sort: this is not a text. Allowed: names between commas.',
    )
  })

  it('reads back what it writes', () => {
    const term = fc.record({
      field: fc.constantFrom(...schema.fields),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    })
    const terms = fc.uniqueArray(term, { selector: ({ field }) => field, maxLength: 2 })
    fc.assert(
      fc.property(terms, (sort) => {
        expect(parseSort(schema, printSort(sort))).toEqual(sort)
        expect(printSort(parseSort(schema, printSort(sort)))).toBe(printSort(sort))
      }),
    )
  })

  it('types the fields', () => {
    expectTypeOf(parseSort(schema, '')).toEqualTypeOf<readonly SortTerm<'created_at' | 'name' | 'stock'>[]>()
    expect(defineSortSchema(['a', 'b']).maxTerms).toBe(2)
  })

  it.each([[['']], [['-a']], [['a,b']], [['a', 'a']]])('takes no schema of %j', (names) => {
    expect(() => defineSortSchema(names)).toThrow(TypeError)
  })
})
