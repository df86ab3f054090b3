import { z } from 'zod'
import type { ServerSection } from '../configuration-file.js'
import { integer, text } from './parts.js'

const AUTH = '"none" or { "bearerTokens": ["${WAYBILL_TOKEN}"] }'

const tokens = z
  .array(text('a token of visible ASCII characters', /^[\x21-\x7e]+$/, 'One token.'), {
    error: 'a list of tokens',
  })
  .min(1, { error: 'at least one token' })
  .describe('Whoever sends one of these as "Authorization: Bearer TOKEN" may query.')

/** The section `server`. */
export const serverSchema: z.ZodType<ServerSection> = z
  .strictObject(
    {
      host: text('a host name or an IP address', /^[^\s/]+$/, 'The address to listen on.')
        .default('127.0.0.1')
        .optional(),
      port: integer(0, 65535, 'The port to listen on; 0 takes any that is free.').default(4000).optional(),
      auth: z
        .union(
          [
            z.literal('none', { error: AUTH }).describe('Everybody who can reach the server may query it.'),
            z.strictObject({ bearerTokens: tokens }, { error: AUTH }),
          ],
          { error: AUTH },
        )
        .optional()
        .describe('Who may query. Needed when the host is not loopback; otherwise everybody unless set.'),
    },
    { error: 'an object' },
  )
  .describe('Where the server listens, and to whom it answers.')
