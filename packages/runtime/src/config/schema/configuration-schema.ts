import { z } from 'zod'
import type { ConfigurationFile } from '../configuration-file.js'
import { text } from './parts.js'
import { serverSchema } from './server-schema.js'
import { sourceSchema } from './source-schema.js'

const ARCHIVE_URL = /^(?:sqlite:.+|postgres(?:ql)?:\/\/.+)$/

/** The form of a configuration file, apart from the rules that span several places. */
export const configurationSchema: z.ZodType<ConfigurationFile> = z
  .strictObject(
    {
      $schema: z
        .string({ error: 'the location of a JSON Schema' })
        .optional()
        .describe('For editors; the server does not read it.'),
      server: serverSchema.optional(),
      sources: z
        .array(sourceSchema, { error: 'a list of sources' })
        .min(1, { error: 'at least one source' })
        .describe('The accounts whose messages are served.'),
      archive: z
        .strictObject(
          {
            url: text(
              '"sqlite:PATH" or "postgres://…"',
              ARCHIVE_URL,
              'Where messages are kept: "sqlite:PATH", relative to the folder of this file, or "postgres://…".',
            ),
          },
          { error: 'an object with "url"' },
        )
        .optional()
        .describe('The permanent history.'),
    },
    { error: 'an object with "sources"' },
  )
  .describe('Configuration of a Waybill server. "${NAME}" in any text is taken from the environment.')
