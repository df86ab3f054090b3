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
    manyTokens('1,000 made-up tokens', (index) => `made-up-${index}`),
    manyTokens('1,000 signed tokens by unknown keys', (index) => provider.sign({}, { kid: `key-${index}` })),
  ]
}

const MANY = 1000
const AT_ONCE = 50

/** Signing takes the attacker longer than refusing takes the server, so that it is done before. */
function manyTokens(name: string, token: (index: number) => string): Attack {
  let tokens: readonly string[] = []
  return {
    name,
    prepare: () => {
      tokens = Array.from({ length: MANY }, (_, index) => token(index))
    },
    run: async (url) => {
      const outcomes = new Set<string>()
      for (let begin = 0; begin < MANY; begin += AT_ONCE) {
        const answers = tokens
          .slice(begin, begin + AT_ONCE)
          .map(async (each) => outcomeOf(await asToken(url, each)))
        for (const outcome of await Promise.all(answers)) outcomes.add(outcome)
      }
      return [...outcomes].join(', ')
    },
  }
}
