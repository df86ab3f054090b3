import { type Attack, outcomeOf, send } from './documents.ts'
import type { IdentityProvider } from './identity-provider.ts'

const QUERY = '{"query":"{ sources { key } }"}'

function asToken(url: string, token: string): Promise<Response> {
  return send(url, QUERY, { authorization: `Bearer ${token}` })
}

/** Tokens that nobody was given. */
export function tokenAttacks(provider: IdentityProvider): readonly Attack[] {
  const past = Math.floor(Date.now() / 1000) - 3600
  const tokens: readonly (readonly [name: string, token: () => string])[] = [
    ['a token without a signature (alg none)', () => provider.unsigned()],
    ['a token signed with the public key', () => provider.signWithPublicKey()],
    ['a token by an unknown key', () => provider.sign({}, { kid: 'other' })],
    ['a token with a key of its own in its header', () => provider.signWithOwnKey()],
    ['a token that has expired', () => provider.sign({ exp: past })],
    ['a token for another audience', () => provider.sign({ aud: 'other' })],
    ['a token by another issuer', () => provider.sign({ iss: 'https://evil.example/' })],
    ['a token that never expires', () => provider.sign({ exp: undefined })],
    ['a token of 12 kB', () => 'a'.repeat(12_000)],
  ]
  return [
    ...tokens.map(([name, token]): Attack => ({
      name,
      run: async (url) => outcomeOf(await asToken(url, token())),
    })),
    {
      name: '1,000 wrong tokens by unknown keys',
      run: async (url) => {
        const outcomes = new Set<string>()
        for (let round = 0; round < 20; round += 1) {
          const answers = Array.from({ length: 50 }, async (_, index) =>
            outcomeOf(await asToken(url, provider.sign({}, { kid: `key-${round}-${index}` }))),
          )
          for (const outcome of await Promise.all(answers)) outcomes.add(outcome)
        }
        return [...outcomes].join(', ')
      },
    },
  ]
}
