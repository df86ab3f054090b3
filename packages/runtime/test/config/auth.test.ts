import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { acme, errorsOf, load } from './load.js'

const sha256 = createHash('sha256').update('s3cret-token-of-the-report').digest('hex')
const token = { name: 'night-report', sha256, scopes: ['messages:read'] }
const jwt = {
  issuer: 'https://id.example/',
  audience: 'waybill',
  jwksUrl: 'https://id.example/jwks.json',
}

describe('who may read what', () => {
  test('is filled with what was left out', async () => {
    const { configuration } = await load({
      sources: [acme],
      server: {
        auth: {
          tokens: [
            { ...token, sha256: sha256.toUpperCase() },
            {
              name: 'shop@desk',
              sha256: 'f'.repeat(64),
              scopes: ['messages:read', 'messages:content'],
              sources: ['a'],
              expiresAt: '2027-06-30T02:00:00+02:00',
            },
          ],
          jwt,
        },
        cursorKeys: ['s3cret-key-for-cursors'],
      },
    })
    expect(configuration.server).toMatchObject({
      auth: {
        kind: 'bearer',
        bearerTokens: [],
        tokens: [
          { name: 'night-report', sha256, scopes: ['messages:read'], sources: null, expiresAt: null },
          { name: 'shop@desk', sources: ['a'], expiresAt: Date.UTC(2027, 5, 30) },
        ],
        jwt: { ...jwt, scopesClaim: 'scope', sourcesClaim: 'waybill_sources', login: null },
      },
      cursorKeys: ['s3cret-key-for-cursors'],
    })
  })

  test('lets people log in with the identity provider, for the scopes that there are', async () => {
    const login = { clientId: 'waybill-page', parameters: { audience: 'waybill' } }
    const { configuration, secrets } = await load({
      sources: [acme],
      server: { auth: { jwt: { ...jwt, login } } },
    })
    expect(configuration.server).toMatchObject({
      auth: {
        jwt: { login: { ...login, scopes: ['openid', 'messages:read', 'messages:content'], origins: [] } },
      },
    })
    expect(secrets).not.toContain('waybill-page')
  })

  test('keeps credentials out of the log, and nothing else', async () => {
    const { secrets } = await load({
      sources: [acme],
      server: {
        auth: { bearerTokens: ['s3cret-bearer'], tokens: [{ ...token, sources: ['a'] }], jwt },
        cursorKeys: ['s3cret-key-for-cursors'],
      },
    })
    expect(secrets).toEqual(expect.arrayContaining(['s3cret-bearer', sha256, 's3cret-key-for-cursors']))
    for (const word of ['night-report', 'messages:read', 'a', 'waybill', jwt.issuer, jwt.jwksUrl])
      expect(secrets).not.toContain(word)
  })

  test.each<[unknown, string]>([
    [
      {},
      'server.auth: expected "none" or { "bearerTokens": ["${WAYBILL_TOKEN}"] }, or an object with "tokens" or "jwt", found an object',
    ],
    [
      { bearerTokens: ['x'] },
      'server.auth.bearerTokens[0]: expected a token of at least 6 visible ASCII characters, found text',
    ],
    [{ tokens: [] }, 'server.auth.tokens: expected at least one token, found an empty array'],
    [
      { tokens: [{ ...token, sha256: 's3cret-token' }] },
      'server.auth.tokens[0].sha256: expected the SHA-256 of a token, 64 hexadecimal digits, found text',
    ],
    [
      { tokens: [{ ...token, name: 'a b' }] },
      'server.auth.tokens[0].name: expected 1 to 64 of the characters A-Z, a-z, 0-9, "_", ".", "@" and "-", found "a b"',
    ],
    [
      { tokens: [{ ...token, scopes: ['messages:write'] }] },
      'server.auth.tokens[0].scopes[0]: expected one of "messages:read", "messages:content", "metrics:read", found "messages:write"',
    ],
    [
      { tokens: [{ ...token, scopes: [] }] },
      'server.auth.tokens[0].scopes: expected at least one scope, found an empty array',
    ],
    [
      { tokens: [{ ...token, sources: ['shop'] }] },
      'server.auth.tokens[0].sources[0]: expected the id of a source: a, found "shop"',
    ],
    [
      { tokens: [{ ...token, expiresAt: '2027-06-30' }] },
      'server.auth.tokens[0].expiresAt: expected a time with a zone, such as "2027-06-30T00:00:00Z", found "2027-06-30"',
    ],
    [
      { tokens: [{ ...token, expiresAt: '2027-06-30T00:00:00' }] },
      'server.auth.tokens[0].expiresAt: expected a time with a zone, such as "2027-06-30T00:00:00Z", found "2027-06-30T00:00:00"',
    ],
    [
      { tokens: [{ ...token, scope: 'x' }] },
      'server.auth.tokens[0].scope: expected a known name (did you mean "scopes"?), found an unknown name',
    ],
    [
      { tokens: [{ ...token, sha256: 'the SHA-256 of its token' }] },
      'server.auth.tokens[0].sha256: expected the SHA-256 of a token, 64 hexadecimal digits, found text',
    ],
    [
      { tokens: [token], 's3cret-as-a-name': ['messages:read'] },
      'server.auth: expected one of the names "bearerTokens", "tokens", "jwt", found an unknown name of 16 characters',
    ],
    [
      { tokens: [token, { ...token, sha256: 'f'.repeat(64) }] },
      'server.auth.tokens[1].name: expected a name that no other token has, found the same as in tokens[0]',
    ],
    [
      { tokens: [token, { ...token, name: 'b' }] },
      'server.auth.tokens[1].sha256: expected the hash of another token, found the same as in tokens[0]',
    ],
    [
      { jwt: { ...jwt, jwksUrl: 'http://id.example/jwks.json' } },
      'server.auth.jwt.jwksUrl: expected an https URL, or an http URL on loopback, found "http://id.example/jwks.json"',
    ],
    [
      { jwt: { ...jwt, issuer: 'our tokens', login: { clientId: 'page' } } },
      'server.auth.jwt.issuer: expected an https URL, or an http URL on loopback, since the page finds the login there, found "our tokens"',
    ],
    [
      { jwt: { ...jwt, login: { clientId: 'page', origins: ['https://id.example/token'] } } },
      'server.auth.jwt.login.origins[0]: expected an origin such as "https://id.example", or an http origin on loopback, found "https://id.example/token"',
    ],
    [
      { jwt: { ...jwt, login: { clientId: 'page', origins: ['https://id.example; script-src *'] } } },
      'server.auth.jwt.login.origins[0]: expected an origin such as "https://id.example", or an http origin on loopback, found "https://id.example; script-src *"',
    ],
    [
      { jwt: { ...jwt, login: { clientId: 'page', scopes: ['messages:read messages:content'] } } },
      'server.auth.jwt.login.scopes[0]: expected a scope, found "messages:read messages:content"',
    ],
    [
      {
        jwt: {
          ...jwt,
          login: { clientId: 'page', parameters: { redirect_uri: 'https://elsewhere.example' } },
        },
      },
      'server.auth.jwt.login.parameters: expected no parameter that the page sets itself, found an object',
    ],
    [
      { jwt: { ...jwt, jwksUrl: 'file:///etc/passwd' } },
      'server.auth.jwt.jwksUrl: expected an https URL, or an http URL on loopback, found "file:///etc/passwd"',
    ],
    [
      { jwt: { ...jwt, audience: '' } },
      'server.auth.jwt.audience: expected the audience of the tokens, found empty text',
    ],
  ])('%j is refused', async (auth, expected) => {
    expect(await errorsOf({ sources: [acme], server: { auth } })).toContain(expected)
  })

  test.each([
    'http://127.0.0.1:9/keys',
    'http://localhost/keys',
    'http://[::1]/keys',
    'https://id.example/k',
  ])('keys are fetched from %s', async (jwksUrl) => {
    expect(await load({ sources: [acme], server: { auth: { jwt: { ...jwt, jwksUrl } } } })).toBeDefined()
  })

  test('a key for cursors has at least 16 characters', async () => {
    expect(await errorsOf({ sources: [acme], server: { cursorKeys: ['s3cret-short'] } })).toContain(
      'server.cursorKeys[0]: expected a secret of at least 16 characters, found text',
    )
  })
})

describe('persisted documents', () => {
  test.each<[unknown, string]>([
    [{ documents: 'always' }, 'server.graphql.documents: expected "off", "prefer" or "only", found "always"'],
    [
      { documents: 'only' },
      'server.graphql.documentsFile: expected a file with the persisted documents, since "documents" is "only", found nothing',
    ],
    [
      { documentsFile: 'documents.json' },
      'server.graphql.documents: expected "prefer" or "only", since "documentsFile" is set, found nothing',
    ],
  ])('%j is refused', async (graphql, expected) => {
    expect(await errorsOf({ sources: [acme], server: { graphql } })).toContain(expected)
  })
})
