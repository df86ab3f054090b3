import { z } from 'zod'
import type { SourceSection } from '../configuration-file.js'
import { SYNC_DEFAULTS } from '../fill-defaults.js'
import { integer, seconds, text } from './parts.js'

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
  .describe(
    'The most requests that are sent. Without it there is no limit but what the upstream itself says.',
  )

const sync = z
  .strictObject(
    {
      minPollSeconds: seconds('The shortest pause between two looks for new messages.')
        .default(SYNC_DEFAULTS.minPollSeconds)
        .optional(),
      maxPollSeconds: seconds('The longest pause between two looks for new messages.')
        .default(SYNC_DEFAULTS.maxPollSeconds)
        .optional(),
      maxStalenessSeconds: seconds('How old what is archived may be before a query waits for news.')
        .default(SYNC_DEFAULTS.maxStalenessSeconds)
        .optional(),
      reconcileRecentDays: integer(
        1,
        3650,
        'How many days back the frequent comparison of the archive with the whole list reaches.',
      )
        .default(7)
        .optional(),
      reconcileRecentHours: integer(1, 8760, 'How often these days are compared, in hours.')
        .default(24)
        .optional(),
      reconcileAllDays: integer(1, 3650, 'How often everything is compared, in days.').default(28).optional(),
    },
    { error: 'an object' },
  )
  .describe('How the archive follows the source, however it is read.')

const limits = z
  .strictObject(
    {
      attemptTimeoutSeconds: seconds('How long one HTTP request may take.').optional(),
      totalTimeoutSeconds: seconds('How long a call may take in all, retries and waits included.').optional(),
      concurrency: integer(1, MOST, 'How many HTTP requests may be under way at once.').optional(),
      retries: integer(0, MOST, 'How often a failed HTTP request is sent again.').optional(),
      maxRetryAfterSeconds: integer(
        1,
        MOST,
        'The longest wait that the upstream may ask for. What it asks beyond that is not believed.',
      ).optional(),
      maxBodyBytes: integer(1, MOST, 'The largest response body that is read.').optional(),
    },
    { error: 'an object' },
  )
  .describe('Bounds on the traffic with the upstream.')

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
      label: text('a text that is not empty', /\S/, 'What people call it. Default: the id.').optional(),
      read: z
        .enum(['live', 'archive'], { error: '"live" or "archive"' })
        .optional()
        .describe(
          'Where queries read messages from. Default: the archive where there is one, else the upstream.',
        ),
      options: z
        .record(z.string(), z.unknown(), { error: "an object with the provider's options" })
        .optional()
        .describe('Handed to the provider, whose documentation describes them.'),
      rateLimit: rateLimit.optional(),
      sync: sync.optional(),
      limits: limits.optional(),
    },
    { error: 'an object with "id" and "provider"' },
  )
  .describe('One account at one upstream.')
