import { parseDateTime } from '@waybill/core'
import type * as z from 'zod/mini'
import { readWith } from './read-with.js'

/** Reads a time as core's `parseDateTime` does, to milliseconds since 1970-01-01T00:00:00Z. */
export const dateTimeSchema: z.ZodMiniType<number> = readWith('an ISO 8601 date and time', (value) =>
  typeof value === 'string' ? parseDateTime(value) : null,
)
