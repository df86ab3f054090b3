import { type JWTPayload, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { createAuthenticate } from '../../src/access/authenticate.js'
import { type IdentityProvider, startIdentityProvider } from './support/identity-provider.js'

const ISSUER = 'https://id.example/'
const AUDIENCE = 'waybill'
const NOW = Math.floor(Date.now() / 1000)
const CLAIMS: JWTPayload = { iss: ISSUER, aud: AUDIENCE, sub: 'ada@example.org', exp: NOW + 600 }

interface Setup {
  readonly provider: IdentityProvider
  readonly check: (token: string) => ReturnType<ReturnType<typeof createAuthenticate>>
}

async function setUp(): Promise<Setup> {
  const provider = await startIdentityProvider()
  const authenticate = createAuthenticate({
    kind: 'bearer',
    bearerTokens: [],
    tokens: [],
    jwt: {
      issuer: ISSUER,
      audience: AUDIENCE,
      jwksUrl: provider.jwksUrl,
      login: null,
      scopesClaim: 'scope',
      sourcesClaim: 'waybill_sources',
    },
  })
  return { provider, check: (token) => authenticate(`Bearer ${token}`) }
}

describe('a signed token', () => {
  test('has the scopes and sources of its claims', async () => {
    const { provider, check } = await setUp()
    const scope = 'openid messages:read messages:content'
    expect(await check(await provider.sign({ ...CLAIMS, scope, waybill_sources: ['shop', 7] }))).toEqual({
      name: 'jwt:ada@example.org',
      scopes: new Set(['messages:read', 'messages:content']),
      sources: new Set(['shop']),
      expiresAt: (NOW + 600) * 1000,
    })
    const lists = { scope: ['metrics:read', null], waybill_sources: 'shop octo', aud: ['other', AUDIENCE] }
    expect(await check(await provider.sign({ ...CLAIMS, ...lists }))).toMatchObject({
      scopes: new Set(['metrics:read']),
      sources: new Set(['shop', 'octo']),
    })
  })

  test('without a claim about sources has all, with an unreadable one has none', async () => {
    const { provider, check } = await setUp()
    expect(await check(await provider.sign(CLAIMS))).toMatchObject({ scopes: new Set(), sources: null })
    for (const waybill_sources of [null, 7, {}, [], ''])
      expect(await check(await provider.sign({ ...CLAIMS, waybill_sources }))).toMatchObject({
        sources: new Set(),
      })
  })

  test('cannot put anything into the log by its subject', async () => {
    const { provider, check } = await setUp()
    const sub = `a b\n{"level":"info"}${'x'.repeat(200)}`
    const caller = await check(await provider.sign({ ...CLAIMS, sub }))
    expect(caller).toMatchObject({
      name: expect.stringMatching(/^jwt:a_b_[\w:]{1,60}~[\da-f]{12}$/) as string,
    })
  })

  test('has limits of its own, however alike subjects are when they are cut and cleaned', async () => {
    const { provider, check } = await setUp()
    const subjects = ['a b', 'a_b', 'a\tb', `${'x'.repeat(64)}1`, `${'x'.repeat(64)}2`, 'x'.repeat(64)]
    const callers = await Promise.all(
      subjects.map(async (sub) => check(await provider.sign({ ...CLAIMS, sub }))),
    )
    const names = callers.map((caller) => ('name' in caller ? caller.name : ''))
    expect(new Set(names).size).toBe(subjects.length)
    expect(names).toContain('jwt:a_b')
  })

  test('is of the same caller as others with the same subject, rights and end, and of no other', async () => {
    const { provider, check } = await setUp()
    const claims = { ...CLAIMS, scope: 'messages:read metrics:read', waybill_sources: ['shop', 'octo'] }
    const first = await check(await provider.sign(claims))
    for (const same of [{}, { jti: 'another' }, { iat: NOW }, { waybill_sources: 'octo shop' }])
      expect(await check(await provider.sign({ ...claims, ...same }))).toBe(first)
    for (const other of [
      { sub: 'bob@example.org' },
      { sub: undefined as never },
      { scope: 'messages:read' },
      { scope: 'messages:read metrics:read messages:content' },
      { waybill_sources: ['shop'] },
      { waybill_sources: ['shop octo'] },
      { waybill_sources: [] },
      { waybill_sources: undefined as never },
      { exp: NOW + 601 },
    ])
      expect(await check(await provider.sign({ ...claims, ...other }))).not.toBe(first)
    await expect(check(await provider.sign({ ...claims, exp: NOW - 60 }))).resolves.toMatchObject({
      reason: 'EXPIRED_TOKEN',
    })
  })

  test.each<[string, JWTPayload]>([
    ['for another audience', { aud: 'other' }],
    ['by another issuer', { iss: 'https://evil.example/' }],
    ['without an end', { exp: undefined as never }],
    ['that is not valid yet', { nbf: NOW + 600 }],
    ['for an audience that is no text', { aud: [7, null] as never }],
    ['by a list of issuers', { iss: [ISSUER] as never }],
    ['that ends at no time', { exp: 'tomorrow' as never }],
    ['that ends at a text', { exp: String(NOW + 600) as never }],
  ])('%s is refused', async (_, claims) => {
    const { provider, check } = await setUp()
    expect(await check(await provider.sign({ ...CLAIMS, ...claims }))).toMatchObject({
      reason: 'UNKNOWN_TOKEN',
    })
  })

  test.each([['messages:content '.repeat(100)], [7], [{ 'messages:content': true }], [true], [null]])(
    'has no scope that is not in its claim as a word: %j',
    async (scope) => {
      const { provider, check } = await setUp()
      const words = typeof scope === 'string' ? ['messages:content'] : []
      expect(await check(await provider.sign({ ...CLAIMS, scope }))).toMatchObject({ scopes: new Set(words) })
    },
  )

  test.each([
    ['a path for its key', { kid: '../../../../dev/null' }],
    ['an address for its key', { kid: 'http://127.0.0.1:9/key' }],
    ['the name of a property for its key', { kid: '__proto__' }],
    ['a number for its key', { kid: 7 }],
    ['an extension that has to be understood', { crit: ['b64'], b64: false }],
    ['an unknown extension', { crit: ['exp2'], exp2: true }],
    ['the type of another algorithm', { alg: 'RS256' }],
  ])('with %s in its header is refused', async (_, header) => {
    const { provider, check } = await setUp()
    const [, body = '', signature = ''] = (await provider.sign(CLAIMS)).split('.')
    const plain = { alg: 'ES256', kid: 'first', ...header }
    const forged = `${Buffer.from(JSON.stringify(plain)).toString('base64url')}.${body}.${signature}`
    expect(await check(forged)).toMatchObject({ reason: 'UNKNOWN_TOKEN' })
  })

  test.each(['jku', 'x5u', 'jwk', 'x5c'])('brings no key of its own: %s', async (name) => {
    const { check } = await setUp()
    const attacker = await startIdentityProvider()
    const own = JSON.parse(await attacker.publicKey()) as unknown
    const value = name === 'jwk' ? own : name === 'x5c' ? ['MIIB'] : attacker.jwksUrl
    const before = attacker.fetches()
    expect(await check(await attacker.sign(CLAIMS, { [name]: value }))).toMatchObject({
      reason: 'UNKNOWN_TOKEN',
    })
    expect(attacker.fetches()).toBe(before)
  })

  test('that is too old is refused as such, with half a minute for clocks that differ', async () => {
    const { provider, check } = await setUp()
    expect(await check(await provider.sign({ ...CLAIMS, exp: NOW - 40 }))).toMatchObject({
      reason: 'EXPIRED_TOKEN',
    })
    expect(await check(await provider.sign({ ...CLAIMS, exp: NOW - 10 }))).toMatchObject({
      name: 'jwt:ada@example.org',
    })
  })

  test('is refused without a signature, with one by the public key, and with a changed body', async () => {
    const { provider, check } = await setUp()
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const body = encode({ ...CLAIMS, scope: 'messages:read messages:content' })
    const publicKey = new TextEncoder().encode(await provider.publicKey())
    const [header = '', , signature = ''] = (await provider.sign(CLAIMS)).split('.')
    const forged = [
      `${encode({ alg: 'none' })}.${body}.`,
      `${encode({ alg: 'None', kid: 'first' })}.${body}.`,
      await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(publicKey),
      `${header}.${body}.${signature}`,
      `${header}.${body}`,
      'a.b.c',
      '..',
      'x'.repeat(8000),
    ]
    for (const token of forged) expect(await check(token)).toMatchObject({ reason: 'UNKNOWN_TOKEN' })
  })

  test('by an unknown key is refused, and does not have the keys fetched for each token', async () => {
    const { provider, check } = await setUp()
    for (let index = 0; index < 20; index += 1)
      expect(await check(await provider.sign(CLAIMS, { kid: `key-${index}` }))).toMatchObject({
        reason: 'UNKNOWN_TOKEN',
      })
    expect(provider.fetches()).toBeLessThanOrEqual(2)
  })

  test.each([
    [500, 'down'],
    [200, 'no JSON'],
    [200, '{}'],
    [302, ''],
    [200, JSON.stringify({ keys: [], padding: 'x'.repeat(2_000_000) })],
  ])('cannot be checked while the keys cannot be had (%i %.20s)', async (status, body) => {
    const { provider, check } = await setUp()
    provider.answerWith({ status, body })
    expect(await check(await provider.sign(CLAIMS))).toMatchObject({ reason: 'KEYS_UNAVAILABLE' })
    provider.answerWith(null)
    expect(await check(await provider.sign(CLAIMS))).toMatchObject({ name: 'jwt:ada@example.org' })
  })
})
