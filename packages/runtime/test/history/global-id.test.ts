import { WaybillError } from '@waybill/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeGlobalId, encodeGlobalId, type GlobalId } from '../../src/index.js'

const ids: fc.Arbitrary<GlobalId> = fc.oneof(
  fc.record({ type: fc.constant('Source' as const), source: fc.string({ unit: 'binary' }) }),
  fc.record({
    type: fc.constant('Message' as const),
    source: fc.string({ unit: 'binary' }),
    upstreamId: fc.string({ unit: 'binary' }),
  }),
)

test('an id comes back as what it stands for, and needs no escaping in a URL', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const text = encodeGlobalId(id)
      expect(text).toMatch(/^[\w-]+$/)
      expect(decodeGlobalId(text)).toEqual(id)
    }),
  )
})

test('only the one spelling of an id is taken', () => {
  const text = encodeGlobalId({ type: 'Message', source: 'shop', upstreamId: '17' })
  for (const other of [`${text}=`, ` ${text}`, `${text}!`, text.slice(0, -1), '', 'MTI', '%']) {
    expect(() => decodeGlobalId(other)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  }
})

test.each([
  ['another type', ['Query', 'shop']],
  ['no source', ['Source']],
  ['no upstream id', ['Message', 'shop']],
  ['too much', ['Source', 'shop', '17']],
  ['a number', ['Message', 'shop', 17]],
  ['no list', { type: 'Source' }],
  ['null', null],
])('%s makes no id', (_, value) => {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url')
  expect(() => decodeGlobalId(text)).toThrow(WaybillError)
})

test('the error quotes little of what was given', () => {
  expect(() => decodeGlobalId('x'.repeat(10_000))).toThrow(/^"x{80}…" is not an id\. Use/)
})
