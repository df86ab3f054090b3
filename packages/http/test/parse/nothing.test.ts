import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { isNothing, optional, recordIdSchema } from '../../src/index.js'

const NOTHING = [
  undefined,
  null,
  '',
  [],
  {},
  '0000-00-00 00:00:00',
  '0000-00-00',
  '0000-00-00T00:00:00.000000Z',
]

test.each(NOTHING)('%j is nothing, and read as null', (value) => {
  expect(isNothing(value)).toBe(true)
  expect(z.parse(optional(recordIdSchema), value)).toBeNull()
  expect(z.parse(z.object({ id: optional(recordIdSchema) }), { id: value })).toEqual({ id: null })
})

test.each([0, false, ' ', '0', [null], { a: null }, '0000-00-00 00:00:01', '2026-04-24'])(
  '%j is something',
  (value) => {
    expect(isNothing(value)).toBe(false)
  },
)

test('a member that is not there is null too', () => {
  expect(z.parse(z.object({ id: optional(recordIdSchema) }), {})).toEqual({ id: null })
})

test('anything else is left to the schema', () => {
  expect(z.parse(optional(recordIdSchema), 7)).toBe('7')
  expect(z.safeParse(optional(recordIdSchema), 'x').success).toBe(false)
})
