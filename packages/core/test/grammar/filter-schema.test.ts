import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  DEFAULT_MAX_LENGTH,
  defineFilterSchema,
  type FieldDefinitions,
  type FilterTree,
  parseFilter,
  printFilter,
} from '../../src/index.js'
import { shopSchema } from './shop-schema.js'

describe('a filter schema', () => {
  it('has a limit on the length of inputs', () => {
    expect([shopSchema.maxLength, defineFilterSchema({}, { maxLength: 10 }).maxLength]).toEqual([
      DEFAULT_MAX_LENGTH,
      10,
    ])
  })

  it.each<[string, FieldDefinitions, string]>([
    ['an empty name', { '': { kind: 'string', operators: ['eq'] } }, 'cannot be named ""'],
    ['brackets in a name', { 'a[b': { kind: 'string', operators: ['eq'] } }, 'cannot be named "a[b"'],
    ['a field without operators', { a: { kind: 'string', operators: [] } }, '"a" takes no operator'],
    [
      'values that differ in case only',
      { a: { kind: 'enum', operators: ['eq'], values: ['x', 'X'] } },
      'more than letter case',
    ],
    ['an enum without values', { a: { kind: 'enum', operators: ['eq'], values: [] } }, 'one at least'],
  ])('refuses %s', (_, fields, message) => {
    expect(() => defineFilterSchema(fields)).toThrow(TypeError)
    expect(() => defineFilterSchema(fields)).toThrow(message)
  })

  it('gives the clauses their types', () => {
    const schema = defineFilterSchema({
      status: { kind: 'enum', operators: ['eq', 'in'], values: ['sent', 'failed'] },
      size: { kind: 'integer', operators: ['gte'] },
      sent_at: { kind: 'time', operators: ['lt'] },
      read: { kind: 'boolean', operators: ['ne'] },
      name: { kind: 'string', operators: ['notIn'] },
    })
    const tree = parseFilter(schema, '')
    expectTypeOf(tree).toEqualTypeOf<
      readonly (
        | { readonly field: 'status'; readonly operator: 'eq'; readonly value: 'sent' | 'failed' }
        | {
            readonly field: 'status'
            readonly operator: 'in'
            readonly values: readonly ('sent' | 'failed')[]
          }
        | { readonly field: 'size'; readonly operator: 'gte'; readonly value: number }
        | { readonly field: 'sent_at'; readonly operator: 'lt'; readonly value: number }
        | { readonly field: 'read'; readonly operator: 'ne'; readonly value: boolean }
        | { readonly field: 'name'; readonly operator: 'notIn'; readonly values: readonly string[] }
      )[]
    >()
    expect(tree).toEqual([])
  })

  it('lets operators stand only where a kind has them, and trees only say what the schema has', () => {
    // @ts-expect-error texts have no order
    defineFilterSchema({ name: { kind: 'string', operators: ['gt'] } })
    // @ts-expect-error only texts have a beginning
    expect(() => defineFilterSchema({ size: { kind: 'integer', operators: ['startsWith'] } })).toThrow(
      TypeError,
    )
    // @ts-expect-error no such kind
    defineFilterSchema({ name: { kind: 'float', operators: ['eq'] } })
    type Tree = FilterTree<(typeof shopSchema)['fields']>
    expectTypeOf<{ field: 'state'; operator: 'eq'; value: 'onSale' }>().toExtend<Tree[number]>()
    expectTypeOf<{ field: 'state'; operator: 'ne'; value: 'onSale' }>().not.toExtend<Tree[number]>()
    expectTypeOf<{ field: 'state'; operator: 'eq'; value: 'onsale' }>().not.toExtend<Tree[number]>()
    expectTypeOf<{ field: 'stock'; operator: 'in'; value: 1 }>().not.toExtend<Tree[number]>()
    expect(printFilter(shopSchema, [{ field: 'state', operator: 'eq', value: 'onSale' }])).toBe(
      'filter%5Bstate%5D=onSale',
    )
  })
})
