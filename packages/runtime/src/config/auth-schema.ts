import { parseDateTime } from '@waybill/core'
import { z } from 'zod'
import type {
  AuthSection,
  JwtSection,
  LoginSection,
  ServerSection,
  TokenSection,
} from './configuration-file.js'
import { isLoopback } from './loopback.js'
import { text } from './schema-parts.js'
import { SCOPES } from './scope.js'

/** What may be written as `server.auth`. */
const AUTH = '"none" or { "bearerTokens": ["${WAYBILL_TOKEN}"] }'
const SOME_AUTH = `${AUTH}, or an object with "tokens" or "jwt"`
const EXPIRY = 'a time with a zone, such as "2027-06-30T00:00:00Z"'
const SAFE_URL = 'an https URL, or an http URL on loopback'
const SAFE_ORIGIN = 'an origin such as "https://id.example", or an http origin on loopback'
const PAGE_PARAMETERS =
  /^(?:client_id|redirect_uri|response_type|scope|state|nonce|code_challenge(?:_method)?|code|code_verifier|grant_type|refresh_token)$/

const bearerTokens = z
  .array(
    text(
      'a token of at least 6 visible ASCII characters',
      /^[\x21-\x7e]{6,}$/,
      'A token. Use 32 random characters or more.',
    ),
    {
      error: 'a list of tokens',
    },
  )
  .min(1, { error: 'at least one token' })
  .describe('Whoever sends one of these as "Authorization: Bearer TOKEN" may do and see everything.')

const token: z.ZodType<TokenSection> = z
  .strictObject(
    {
      name: text(
        '1 to 64 of the characters A-Z, a-z, 0-9, "_", ".", "@" and "-"',
        /^[A-Za-z0-9_.@-]{1,64}$/,
        'Unique name of the holder, for the log.',
      ),
      sha256: text(
        'the SHA-256 of a token, 64 hexadecimal digits',
        /^[0-9A-Fa-f]{64}$/,
        'SHA-256 of the token, in hexadecimal digits.',
      ),
      scopes: z
        .array(z.enum(SCOPES, { error: `one of ${SCOPES.map((scope) => `"${scope}"`).join(', ')}` }), {
          error: 'a list of scopes',
        })
        .min(1, { error: 'at least one scope' })
        .describe('What its holder may do. "messages:content" needs "messages:read" too.'),
      sources: z
        .array(z.string({ error: 'the id of a source' }), { error: 'a list of ids of sources' })
        .min(1, { error: 'at least one id of a source' })
        .optional()
        .describe('The sources that exist for its holder. Default: all.'),
      expiresAt: z
        .string({ error: EXPIRY })
        .refine((value) => /(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(value) && parseDateTime(value) !== null, {
          error: EXPIRY,
        })
        .optional()
        .describe('When the token expires. Default: never.'),
    },
    { error: 'an object with "name", "sha256" and "scopes"' },
  )
  .describe('A token that is known by its hash.')

const login: z.ZodType<LoginSection> = z
  .strictObject(
    {
      clientId: z
        .string({ error: 'the id of a client' })
        .min(1, { error: 'the id of a client' })
        .describe('The client id of the page at the identity provider: a public client with PKCE.'),
      scopes: z
        .array(text('a scope', /^[\x21\x23-\x5b\x5d-\x7e]+$/, 'One scope.'), { error: 'a list of scopes' })
        .default(['openid', 'messages:read', 'messages:content'])
        .optional()
        .describe('The scopes that the page requests.'),
      parameters: z
        .record(z.string(), z.string({ error: 'the value of a parameter' }), {
          error: 'parameters by their names',
        })
        .refine((parameters) => !Object.keys(parameters).some((name) => PAGE_PARAMETERS.test(name)), {
          error: 'no parameter that the page sets itself',
        })
        .optional()
        .describe('Further parameters of the requests, such as "audience" or "resource".'),
      origins: z
        .array(z.string({ error: SAFE_ORIGIN }).refine(isSafeOrigin, { error: SAFE_ORIGIN }), {
          error: 'a list of origins',
        })
        .optional()
        .describe('Where the endpoints of the identity provider are, if not at the origin of the issuer.'),
    },
    { error: 'an object with "clientId"' },
  )
  .describe('How people log in with the identity provider, from the page of the server.')

const jwt: z.ZodType<JwtSection> = z
  .strictObject(
    {
      issuer: z
        .string({ error: 'the issuer of the tokens' })
        .min(1, { error: 'the issuer of the tokens' })
        .describe('What the claim "iss" must be.'),
      audience: z
        .string({ error: 'the audience of the tokens' })
        .min(1, { error: 'the audience of the tokens' })
        .describe('What the claim "aud" must be.'),
      jwksUrl: z
        .string({ error: SAFE_URL })
        .refine(isSafeUrl, { error: SAFE_URL })
        .describe('Where the public keys of the identity provider are: https, or http on loopback.'),
      scopesClaim: claim('The claim that has the scopes.').default('scope').optional(),
      sourcesClaim: claim('The claim that has the ids of the sources; a token without it has all sources.')
        .default('waybill_sources')
        .optional(),
      login: login.optional(),
    },
    { error: 'an object with "issuer", "audience" and "jwksUrl"' },
  )
  .refine((section) => section.login === undefined || isSafeUrl(section.issuer), {
    error: `${SAFE_URL}, since the page finds the login there`,
    path: ['issuer'],
  })
  .describe('The identity provider whose signed tokens are accepted.')

const callers: z.ZodType<AuthSection> = z
  .strictObject(
    {
      bearerTokens: bearerTokens.optional(),
      tokens: z
        .array(token, { error: 'a list of tokens by their hash' })
        .min(1, { error: 'at least one token' })
        .optional()
        .describe('Tokens with scopes, sources and an expiry.'),
      jwt: jwt.optional(),
    },
    { error: AUTH },
  )
  .refine((auth) => Object.values(auth).some((value) => value !== undefined), { error: SOME_AUTH })

/** The section `server.auth`. */
export const authSchema: z.ZodType<NonNullable<ServerSection['auth']>> = z
  .union(
    [
      z.literal('none', { error: AUTH }).describe('Everybody who can reach the server may query it.'),
      callers,
    ],
    { error: AUTH },
  )
  .describe('Who may query. Required if the host is not loopback; otherwise everybody, unless set.')

function claim(description: string): z.ZodString {
  return z
    .string({ error: 'the name of a claim' })
    .min(1, { error: 'the name of a claim' })
    .describe(description)
}

function isSafeUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, '')))
}

function isSafeOrigin(value: string): boolean {
  return isSafeUrl(value) && new URL(value).origin === value
}
