import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An identity provider with one key, and whoever else makes tokens in its name. */
export interface IdentityProvider extends AsyncDisposable {
  /** The configuration's section on its tokens. */
  readonly access: Readonly<Record<string, string>>
  /** A token as the provider makes it, but for what is changed in its header and its claims. */
  sign(claims?: object, header?: object): string
  /** One that is signed with the public key, as if that were a shared secret. */
  signWithPublicKey(): string
  /** One that is signed with another key, which it has in its header. */
  signWithOwnKey(): string
  /** One without a signature. */
  unsigned(): string
}

const ISSUER = 'https://id.example/'

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'first', alg: 'RS256', use: 'sig' }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const body = (claims: object): object => ({
    iss: ISSUER,
    aud: 'waybill',
    sub: 'attacker',
    scope: 'messages:read messages:content',
    exp: Math.floor(Date.now() / 1000) + 600,
    ...claims,
  })
  const unsignedPart = (header: object, claims: object): string =>
    [header, body(claims)].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return {
    access: {
      issuer: ISSUER,
      audience: 'waybill',
      jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    },
    sign: (claims = {}, header = {}) => {
      const text = unsignedPart({ alg: 'RS256', kid: 'first', ...header }, claims)
      return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
    },
    signWithPublicKey: () => {
      const text = unsignedPart({ alg: 'HS256', kid: 'first' }, {})
      const secret = publicKey.export({ format: 'pem', type: 'spki' })
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    },
    signWithOwnKey: () => {
      const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
      const jwk = own.publicKey.export({ format: 'jwk' })
      const text = unsignedPart({ alg: 'RS256', kid: 'first', jwk }, {})
      return `${text}.${createSign('RSA-SHA256').update(text).sign(own.privateKey, 'base64url')}`
    },
    unsigned: () => `${unsignedPart({ alg: 'none' }, {})}.`,
    [Symbol.asyncDispose]: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
