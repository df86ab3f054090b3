import { baseUrlSchema, credentialSchema, parseOptions, timeZoneSchema } from '@waybill/http'
import * as z from 'zod/mini'

/** Options of the WA.cr provider. */
export interface WacrOptions {
  /** A bearer token with the scope `messages:read`. */
  readonly token: string
  /** The tenant's API: all paths are below it; a slash at the end makes no difference. */
  readonly baseUrl: string
  /**
   * How far a message's `sent_at` may lie from the hidden `created_at` that the upstream sorts by, in minutes, either
   * way. Too small a figure can lose messages at the edge of a time range, a large one costs requests. Default 15.
   */
  readonly maxSkewMinutes?: number | undefined
  /**
   * The zone of times that are sent without one, as an IANA name (`Europe/Berlin`). Default `UTC`. A time that the clocks
   * there skip is read by the offset before the change, one that they show twice as the first of the two.
   */
  readonly timeZone?: string | undefined
}

/** The options, checked and complete. */
export interface WacrSettings {
  readonly token: string
  readonly baseUrl: URL
  readonly maxSkewMinutes: number
  readonly timeZone: string
}

const MINUTES = 'a number of minutes from 0'

const SHAPE = {
  token: credentialSchema,
  baseUrl: baseUrlSchema,
  maxSkewMinutes: z.prefault(z.number(MINUTES).check(z.nonnegative(MINUTES)), 15),
  timeZone: z.prefault(timeZoneSchema, 'UTC'),
}

/** @throws ConfigurationError listing all that is wrong; it quotes no value. */
export function parseWacrOptions(options: unknown): WacrSettings {
  return parseOptions(SHAPE, options)
}
