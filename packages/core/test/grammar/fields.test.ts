import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineFieldsSchema, parseFields, printFields } from '../../src/index.js'
import { errorOf } from './shop-schema.js'

const schema = defineFieldsSchema(['id', 'status', 'sent_at'])

describe('the fields grammar', () => {
  it('reads names between commas', () => {
    expect(parseFields(schema, 'status,id')).toEqual(['status', 'id'])
    expect(parseFields(schema, '')).toEqual([])
    expectTypeOf(parseFields(schema, '')).toEqualTypeOf<readonly ('id' | 'status' | 'sent_at')[]>()
  })

  it('suggests the field that a synonym means, in any letter case', () => {
    const withSynonyms = defineFieldsSchema(['id', 'from'], { sender: 'from' })
    const error = errorOf(() => parseFields(withSynonyms, 'id,Sender'))
    expect(error.issues).toMatchObject([{ code: 'UNKNOWN_FIELD', suggestion: 'from' }])
  })

  it.each([
    ['stauts', 'UNKNOWN_FIELD', 0, 6, 'status'],
    ['id,-status', 'UNKNOWN_FIELD', 3, 7, 'status'],
    ['id, status', 'UNKNOWN_FIELD', 3, 7, 'status'],
    ['id,__proto__', 'UNKNOWN_FIELD', 3, 9, null],
    ['id,id', 'REPEATED_PARAMETER', 3, 2, null],
    ['a,b,c,d', 'TOO_MANY_VALUES', 0, 7, null],
  ])('refuses %j', (text, code, offset, length, suggestion) => {
    const error = errorOf(() => parseFields(schema, text))
    expect(error.code).toBe('BAD_USER_INPUT')
    expect(error.issues).toEqual([
      expect.objectContaining({ code, parameter: 'fields', position: { offset, length }, suggestion }),
    ])
  })

  it.each([
    ['a text that is too long', ','.repeat(65_537), 'TOO_LONG'],
    ['what is no text', null as unknown as string, 'MALFORMED_INPUT'],
  ])('refuses %s', (_, text, code) => {
    expect(errorOf(() => parseFields(schema, text)).issues).toEqual([
      expect.objectContaining({ code, parameter: 'fields', position: null }),
    ])
  })

  it('lists all mistakes', () => {
    expect(errorOf(() => parseFields(schema, 'a,id,b')).message).toBe(
      'fields: unknown field "a". Allowed: id, status, sent_at.\na,id,b\n^\n' +
        'fields: unknown field "b". Allowed: id, status, sent_at.\na,id,b\n     ^',
    )
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.subarray([...schema.fields]), (names) => {
        expect(parseFields(schema, printFields(names))).toEqual(names)
      }),
    )
  })
})
