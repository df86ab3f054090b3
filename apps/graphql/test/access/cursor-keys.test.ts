import type { ServerAuth } from '@waybill/runtime'
import { expect, test } from 'vitest'
import { areCursorKeysWeak, cursorKeysOf } from '../../src/access/cursor-keys.js'

const SHA256 = 'a'.repeat(64)
const TOKENS: ServerAuth = {
  kind: 'bearer',
  bearerTokens: [],
  tokens: [{ name: 'a', sha256: SHA256, scopes: ['messages:read'], sources: null, expiresAt: null }],
  jwt: null,
}

test('the derived key depends on all secrets, and not on their order', () => {
  const key = (...secrets: string[]): readonly string[] => cursorKeysOf({ cursorKeys: [] }, secrets)
  expect(key('one', 'two')).toEqual(key('two', 'one'))
  expect(key('one', 'two')).not.toEqual(key('one'))
  expect(key('one', 'two')).not.toEqual(key('onetwo'))
})

test('configured keys take the place of the derived one', () => {
  expect(cursorKeysOf({ cursorKeys: ['new key', 'old key'] }, ['secret'])).toEqual(['new key', 'old key'])
})

test.each<[string, ServerAuth, readonly string[], readonly string[], boolean]>([
  ['there is no secret', TOKENS, [], [], true],
  ["there is the hash of a caller's token alone", TOKENS, [], [SHA256], true],
  ['all secrets are short', TOKENS, [], ['demo', SHA256], true],
  ['one secret is long', TOKENS, [], ['demo', 'a credential of an upstream'], false],
  ['keys are configured', TOKENS, ['a key of 16 characters'], [], false],
  ['everybody may see everything', { kind: 'none' }, [], [], false],
])('whether callers could find out the key where %s', (_, auth, cursorKeys, secrets, isWeak) => {
  expect(areCursorKeysWeak({ auth, cursorKeys }, secrets)).toBe(isWeak)
})
