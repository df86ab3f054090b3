import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCursorSeal } from '../../src/access/cursor-seal.js'

const seal = createCursorSeal(['a secret for cursors'])
const REFUSED = /^The cursor cannot be read/

test('a cursor is read back in its own context, and in no other', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (cursor, context, other) => {
      const sealed = seal.seal(cursor, context)
      expect(seal.open(sealed, context)).toBe(cursor)
      expect(sealed).toMatch(/^[\w-]+$/)
      expect(seal.seal(cursor, context)).toBe(sealed)
      fc.pre(other !== context)
      expect(() => seal.open(sealed, other)).toThrow(REFUSED)
    }),
  )
})

test('whatever is changed in it, it is refused', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat({ max: 63 }), (cursor, place, other) => {
      const sealed = seal.seal(cursor, '')
      const at = place % sealed.length
      const character = alphabet.charAt(other)
      const changed = sealed.slice(0, at) + character + sealed.slice(at + 1)
      fc.pre(changed !== sealed)
      expect(() => seal.open(changed, '')).toThrow(REFUSED)
      expect(() => seal.open(sealed.slice(0, at), '')).toThrow(REFUSED)
      expect(() => seal.open(`${sealed}=`, '')).toThrow(REFUSED)
    }),
  )
})

test('cursors with the same beginning have nothing in common', () => {
  const one = Buffer.from(seal.seal('the same beginning 1', 'c'), 'base64url')
  const other = Buffer.from(seal.seal('the same beginning 2', 'c'), 'base64url')
  const same = one.filter((byte, index) => byte === other[index]).length
  expect(same).toBeLessThan(one.length / 4)
})

test('keys are changed in two steps: a new one that seals, the old one that still opens', () => {
  const rotated = createCursorSeal(['a new secret for cursors', 'a secret for cursors'])
  const old = seal.seal('place', 'c')
  expect(rotated.open(old, 'c')).toBe('place')
  const fresh = rotated.seal('place', 'c')
  expect(createCursorSeal(['a new secret for cursors']).open(fresh, 'c')).toBe('place')
  expect(() => seal.open(fresh, 'c')).toThrow(REFUSED)
})
