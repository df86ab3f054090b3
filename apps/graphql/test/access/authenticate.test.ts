import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createAuthenticate } from '../../src/access/authenticate.js'
import { EVERYBODY } from '../../src/access/caller.js'

const NOW = Date.UTC(2026, 10, 28)
const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex')

const authenticate = createAuthenticate(
  {
    kind: 'bearer',
    bearerTokens: ['the-first-s3cret', 'the-second-s3cret'],
    tokens: [
      {
        name: 'night-report',
        sha256: sha256('report-s3cret'),
        scopes: ['messages:read'],
        sources: ['shop'],
        expiresAt: NOW + 1,
      },
      {
        name: 'former',
        sha256: sha256('former-s3cret'),
        scopes: ['metrics:read'],
        sources: null,
        expiresAt: NOW,
      },
    ],
    jwt: null,
  },
  () => NOW,
)

describe('a token', () => {
  test('of the short list may do everything', async () => {
    expect(await authenticate('Bearer the-second-s3cret')).toEqual({
      ...EVERYBODY,
      name: 'bearerTokens[1]',
    })
  })

  test('that is known by its hash has its own name, scopes and sources', async () => {
    expect(await authenticate('Bearer report-s3cret')).toEqual({
      name: 'night-report',
      scopes: new Set(['messages:read']),
      sources: new Set(['shop']),
      expiresAt: NOW + 1,
    })
  })

  test('is refused from its end on', async () => {
    expect(await authenticate('Bearer former-s3cret')).toEqual({
      reason: 'EXPIRED_TOKEN',
      message: 'The token has expired. Get a new one.',
    })
  })

  test.each([
    ['Bearer report-s3cre', 'UNKNOWN_TOKEN'],
    ['Bearer report-s3crett', 'UNKNOWN_TOKEN'],
    [`Bearer ${sha256('report-s3cret')}`, 'UNKNOWN_TOKEN'],
    ['Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', 'UNKNOWN_TOKEN'],
    ['Basic report-s3cret', 'NO_TOKEN'],
    ['report-s3cret', 'NO_TOKEN'],
    ['', 'NO_TOKEN'],
    [undefined, 'NO_TOKEN'],
  ])('is needed, and %s does not do', async (authorization, reason) => {
    expect(await authenticate(authorization)).toMatchObject({ reason })
  })
})

test('without access control everybody may do everything', async () => {
  expect(await createAuthenticate({ kind: 'none' })(undefined)).toBe(EVERYBODY)
})
