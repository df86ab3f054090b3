import * as z from 'zod/mini'

/** The option for a credential that an HTTP header can carry: visible ASCII characters without white space. */
export const credentialSchema: z.ZodMiniType<string, string> = z
  .string('text')
  .check(z.regex(/^[\x21-\x7E]+$/, 'text of visible ASCII characters without white space'))
