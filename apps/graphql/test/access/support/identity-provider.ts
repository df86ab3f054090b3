import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'

/** An identity provider on loopback: its public keys over HTTP, and tokens that it signs. */
export interface IdentityProvider {
  readonly jwksUrl: string
  /** How often its keys were fetched. */
  readonly fetches: () => number
  /** What its key endpoint answers from now on; null: its keys. */
  answerWith(answer: { readonly status: number; readonly body: string } | null): void
  sign(payload: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>
  /** Puts another key in the place of the one that it signs with. */
  rotate(kid: string): Promise<void>
  /** Its public key, as everybody can fetch it. */
  publicKey(): Promise<string>
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  let keys = await makeKeys('first')
  let fetches = 0
  let fixed: { readonly status: number; readonly body: string } | null = null
  const server = createServer((_, response) => {
    fetches += 1
    response.writeHead(fixed?.status ?? 200, { 'content-type': 'application/json' })
    response.end(fixed?.body ?? JSON.stringify({ keys: [keys.jwk] }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    fetches: () => fetches,
    answerWith: (answer) => {
      fixed = answer
    },
    sign: (payload, header) =>
      new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: keys.kid, ...header }).sign(keys.private),
    rotate: async (kid) => {
      keys = await makeKeys(kid)
    },
    publicKey: async () => JSON.stringify(keys.jwk),
  }
}

interface Keys {
  readonly kid: string
  readonly private: CryptoKey
  readonly jwk: object
}

async function makeKeys(kid: string): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  return { kid, private: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
}
