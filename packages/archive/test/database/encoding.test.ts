import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeText, encodeText, fromIdKey, toIdKey } from '../../src/database/encoding.js'
import { searchesIn, texts } from '../support/texts.js'

const anyText = fc.oneof(
  texts,
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
)

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(decodeText(encodeText(text))).toBe(text)
      expect(fromIdKey(toIdKey(text))).toBe(text)
    }),
    { numRuns: 2000 },
  )
})

it('writes nothing that a database could not hold', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(encodeText(text).isWellFormed()).toBe(true)
      expect(encodeText(text)).not.toMatch(/\0|[\u{10000}-\u{10FFFF}]/u)
    }),
  )
})

it('leaves alone what most texts are made of', () => {
  expect(encodeText('Your order 4711 — ваш заказ, 您的订单')).toBe('Your order 4711 — ваш заказ, 您的订单')
})

it('keeps which text contains which', () => {
  const pairs = texts.chain((text) => fc.tuple(fc.constant(text), searchesIn([text])))
  let contained = 0
  fc.assert(
    fc.property(pairs, ([text, search]) => {
      expect(encodeText(text).includes(encodeText(search))).toBe(text.includes(search))
      contained += Number(text.includes(search))
    }),
    { numRuns: 3000 },
  )
  expect(contained).toBeGreaterThan(1000)
})

it('orders ids that are integers by value, before all others', () => {
  const sorted = ['0', '1', '9', '10', '99', '100', '12345678901234567890', '-1', '007', '1.5', 'a']
  const keys = sorted.map(toIdKey)
  expect(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(keys)
})
