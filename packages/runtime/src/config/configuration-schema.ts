import { z } from 'zod'
import { authSchema } from './auth-schema.js'
import { SYNC_DEFAULTS } from './configuration.js'
import { COUNTRIES } from './national-numbers.js'
import { flag, integer, seconds, text } from './schema-parts.js'
import { limitsSchema } from './server-limits.js'
import type { ConfigurationFile, ServerSection, SourceSection } from './configuration-file.js'

/**
 * The form of a host: an IPv6 address without brackets, an IPv4 address, or a name; without a port. Whether it exists shows
 * when the server listens.
 */
export const HOST: RegExp =
  /^(?:(?=[^:]*:[^:]*:)[\dA-Fa-f:.]+(?:%\w+)?|(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?=\d)|$)){4}|(?![\d.]+$)[^\s/:@[\]]+)$/

const ORIGIN = /^https?:\/\/(?:[^\s/:@?#[\]]+|\[[\dA-Fa-f:.]+\])(?::\d{1,5})?$/

const cors = z
  .strictObject(
    {
      origins: z
        .array(text('an origin: scheme and host, such as "https://app.example"', ORIGIN, 'One origin.'), {
          error: 'a list of origins',
        })
        .describe("The origins whose pages may query, in addition to the server's own."),
    },
    { error: 'an object with "origins"' },
  )
  .describe('Which web pages of other origins may query.')

const graphql = z
  .strictObject(
    {
      introspection: flag('Whether the schema may be queried.').default(true).optional(),
      graphiql: flag('Whether a browser gets GraphiQL.').default(true).optional(),
      documents: z
        .enum(['off', 'prefer', 'only'], { error: '"off", "prefer" or "only"' })
        .default('off')
        .optional()
        .describe(
          'Whether clients send persisted documents by id: "off": never; "prefer": ids or whole documents; "only": nothing but ids.',
        ),
      documentsFile: text(
        'the path of a file',
        /\S/,
        'A JSON file with the text of each persisted document under its id, relative to this file.',
      ).optional(),
    },
    { error: 'an object' },
  )
  .describe('What clients of /graphql may do.')

/** The section `server`. */
const serverSchema: z.ZodType<ServerSection> = z
  .strictObject(
    {
      host: text('a host name or an IP address', HOST, 'The address to listen on.')
        .default('127.0.0.1')
        .optional(),
      port: integer(0, 65535, 'The port to listen on; 0 uses any free port.').default(4000).optional(),
      workers: integer(
        1,
        64,
        'How many processes answer requests. If there are several, one more process polls the sources. Limits hold for each process.',
      )
        .default(1)
        .optional(),
      auth: authSchema.optional(),
      cursorKeys: z
        .array(text('a secret of at least 16 characters', /^.{16,}$/s, 'One secret.'), {
          error: 'a list of secrets',
        })
        .min(1, { error: 'at least one secret' })
        .optional()
        .describe(
          'Secrets that encrypt cursors, the same for all replicas: the first one encrypts, each of them decrypts. ' +
            "Default: derived from the configuration's own secrets.",
        ),
      cors: cors.optional(),
      graphql: graphql.optional(),
      limits: limitsSchema.optional(),
    },
    { error: 'an object' },
  )
  .describe('Where the server listens, and to whom it answers.')

const MOST = Number.MAX_SAFE_INTEGER
const SOURCE_ID = /^[A-Za-z0-9_-]{1,64}$/
const PACKAGE_NAME = /^(?=.{1,214}$)(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/

/** Whether a value can name a provider's package: paths and URLs cannot. */
export function isPackageName(value: unknown): value is string {
  return typeof value === 'string' && PACKAGE_NAME.test(value)
}

const rateLimit = z
  .strictObject(
    {
      requests: integer(1, MOST, 'How many HTTP requests may be sent within the span.'),
      perSeconds: seconds('Length of the span.'),
    },
    { error: 'an object with "requests" and "perSeconds"' },
  )
  .describe('The most requests that are sent in a span of time. Without it, only the upstream sets a limit.')

const sync = z
  .strictObject(
    {
      minPollSeconds: seconds('The shortest pause between two polls.')
        .default(SYNC_DEFAULTS.minPollSeconds)
        .optional(),
      maxPollSeconds: seconds('The longest pause between two polls.')
        .default(SYNC_DEFAULTS.maxPollSeconds)
        .optional(),
      maxStalenessSeconds: seconds('How old the archive may be before a query waits for a poll.')
        .default(SYNC_DEFAULTS.maxStalenessSeconds)
        .optional(),
      reconcileRecentDays: integer(
        1,
        3650,
        "How many days back the frequent comparison with the source's list reaches.",
      )
        .default(7)
        .optional(),
      reconcileRecentHours: integer(1, 8760, 'How often that comparison runs, in hours.')
        .default(24)
        .optional(),
      reconcileAllDays: integer(1, 3650, 'How often everything is compared, in days.').default(28).optional(),
      detailPercent: integer(
        0,
        100,
        "The largest share of the sync's requests that may fetch failed messages by id, in percent; 0: none.",
      )
        .default(25)
        .optional(),
    },
    { error: 'an object' },
  )
  .describe('How the archive follows the source, also if it is read live.')

const limits = z
  .strictObject(
    {
      attemptTimeoutSeconds: seconds('How long one HTTP request may take.').optional(),
      totalTimeoutSeconds: seconds(
        'How long a call may take in all, including retries and waits.',
      ).optional(),
      concurrency: integer(1, MOST, 'How many HTTP requests may run at the same time.').optional(),
      retries: integer(0, MOST, 'How often a failed HTTP request is sent again.').optional(),
      maxRetryAfterSeconds: integer(
        1,
        MOST,
        'The longest wait that the upstream may request. Waybill never waits longer.',
      ).optional(),
      maxBodyBytes: integer(1, MOST, 'The largest response body that is read.').optional(),
    },
    { error: 'an object' },
  )
  .describe('Limits on the traffic with the upstream.')

/** One of `sources`. */
export const sourceSchema: z.ZodType<SourceSection> = z
  .strictObject(
    {
      id: text(
        '1 to 64 of the characters A-Z, a-z, 0-9, "_" and "-"',
        SOURCE_ID,
        'Unique name of the source.',
      ),
      provider: text('the name of a package, not a path or URL', PACKAGE_NAME, 'The package that reads it.'),
      label: text('a text that is not empty', /\S/, 'The display name. Default: the id.').optional(),
      read: z
        .enum(['live', 'archive'], { error: '"live" or "archive"' })
        .optional()
        .describe(
          'Where queries read messages from. Default: the archive if there is one, else the upstream.',
        ),
      options: z
        .record(z.string(), z.unknown(), { error: "an object with the provider's options" })
        .optional()
        .describe('Passed to the provider, whose documentation describes them.'),
      rateLimit: rateLimit.optional(),
      sync: sync.optional(),
      limits: limits.optional(),
      upstreamWords: z
        .boolean({ error: 'true or false' })
        .optional()
        .describe(
          "Whether the log and `waybill sources` quote the upstream's own words of an error, numbers and e-mail addresses masked. They may hold parts of messages; clients never see them. Default: false.",
        ),
    },
    { error: 'an object with "id" and "provider"' },
  )
  .describe('One account at one upstream.')

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
            url: z
              .string({ error: '"sqlite:FILE" or "postgres://USER:PASSWORD@HOST:PORT/DATABASE"' })
              .describe(
                'Where messages are kept: "sqlite:FILE", relative to the folder of this file, or "postgres://…".',
              ),
          },
          { error: 'an object with "url"' },
        )
        .optional()
        .describe('The permanent history.'),
      defaultCountry: z
        .enum(COUNTRIES, { error: 'a country by its two letters, such as "DE"' })
        .optional()
        .describe(
          'The country whose national phone numbers filters may hold: with "DE", 030 23125380 is +49 30 23125380. ' +
            'Without it they are refused.',
        ),
    },
    { error: 'an object with "sources"' },
  )
  .describe('Configuration of a Waybill server. "${NAME}" in any text is taken from the environment.')

/** The JSON Schema of a configuration file, for editors. Published as `config.schema.json`. */
export function configurationJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configurationSchema, {
    target: 'draft-7',
    io: 'input',
    override: allowReferences,
  })
  return { ...schema, title: 'Waybill configuration' }
}

const REFERENCE = '|\\$\\{'

// What a text looks like once the environment's values are in place cannot be seen in the file.
// It is called twice for what is optional.
function allowReferences({ jsonSchema }: { jsonSchema: { pattern?: string | undefined } }): void {
  const { pattern } = jsonSchema
  if (pattern !== undefined && !pattern.endsWith(REFERENCE)) jsonSchema.pattern = pattern + REFERENCE
}
