import { parseExactJson, UpstreamError } from '@waybill/core'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import * as zod from 'zod'
import * as z from 'zod/mini'
import { invalidResponse, parsePart, readWith, recordIdSchema } from '../../src/index.js'
import { thrownBy } from '../support/thrown-by.js'

const item = z.object(
  {
    id: recordIdSchema,
    text: z.nullish(z.string('text or null')),
    tags: z.optional(z.array(z.string('text'))),
  },
  'an object',
)

test('a part as documented is read, and what is not documented left out', () => {
  expect(parsePart(item, { id: 7, text: null, more: true }, '', 'shop')).toEqual({ id: '7', text: null })
})

test.each([
  ['data[3]', { id: 7, text: 1 }, 'data[3].text: expected text or null, found a number'],
  ['data[3]', 's3cret', 'data[3]: expected an object, found text'],
  ['data[3]', { id: 7, tags: ['a', null] }, 'data[3].tags[1]: expected text, found null'],
  ['', { id: 's3cret' }, 'id: expected an integer, found text'],
  ['', {}, 'id: expected an integer, found nothing'],
  ['', null, 'the whole: expected an object, found null'],
])('at %j, %j is refused with its place and nothing of its contents', (at, part, reason) => {
  const error = thrownBy(() => parsePart(item, part, at, 'shop'))
  expect(error).toBeInstanceOf(UpstreamError)
  expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'shop', status: 200 })
  expect(String(error)).toContain(`Source "shop" sent an answer that cannot be used: ${reason}. `)
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain('s3cret')
})

test('a schema of zod serves as well', () => {
  const schema = zod.object({ id: zod.number('a number') }, 'an object')
  expect(parsePart(schema, { id: 7 }, '', 'shop')).toEqual({ id: 7 })
  const error = thrownBy(() => parsePart(schema, { id: '7' }, '', 'shop'))
  expect(String(error)).toContain('id: expected a number, found text')
})

test('a number is taken in whatever digits it was sent, and what a schema passes on keeps them', () => {
  const price = z.object({ price: z.number('a number'), id: recordIdSchema }, 'an object')
  const row = parseExactJson('{"price":1.10,"id":9223372036854775807,"more":1e400}')
  expect(parsePart(price, row, '', 'shop')).toEqual({ price: 1.1, id: '9223372036854775807' })
  const list = z.object({ rows: z.array(z.unknown()) })
  const body = parseExactJson('{"rows":[1.10,12345678901234567890]}')
  expect(JSON.stringify(parsePart(list, body, '', 'shop'))).toBe('{"rows":[1.10,12345678901234567890]}')
  const error = thrownBy(() => parsePart(price, parseExactJson('{"price":1e400,"id":7}'), '', 'shop'))
  expect(String(error)).toContain('price: expected a number, found a number')
})

test('a schema out of a function refuses what it cannot read', () => {
  const flag = readWith('0 or 1', (value) => (value === 0 ? false : value === 1 ? true : null))
  expect([0, 1].map((value) => parsePart(flag, value, '', 'shop'))).toEqual([false, true])
  const error = thrownBy(() => parsePart(flag, 2, 'is_read', 'shop'))
  expect(String(error)).toContain('is_read: expected 0 or 1, found a number')
})

test('an answer that cannot be used is refused with what to do', () => {
  const error = invalidResponse('shop', 'expected a list, found null')
  expect(error.message).toMatch(
    /^Source "shop" sent an answer that cannot be used: expected a list, found null\. \S/,
  )
  expect(error.message).toContain(error.info.remedy)
})
