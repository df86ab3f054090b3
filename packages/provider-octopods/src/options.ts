import { baseUrlSchema, credentialSchema, parseOptions, timeZoneSchema } from '@waybill/http'
import * as z from 'zod/mini'

/** Options of the Octopods provider. */
export interface OctopodsOptions {
  /** The API key of one WhatsApp channel. Several channels mean several keys, so several sources. */
  readonly apiKey: string
  /** All paths are below it; a slash at the end makes no difference. Default `https://app.octopods.io/api/v1`. */
  readonly baseUrl?: string | undefined
  /**
   * The zone of times that are sent without one, as an IANA name (`Europe/Berlin`). Default `UTC`. A time that the clocks
   * there skip is read by the offset before the change, one that they show twice as the first of the two.
   */
  readonly timeZone?: string | undefined
}

/** The options, checked and complete. */
export interface OctopodsSettings {
  readonly apiKey: string
  readonly baseUrl: URL
  readonly timeZone: string
}

const DEFAULT_BASE_URL = 'https://app.octopods.io/api/v1'

const SHAPE = {
  apiKey: credentialSchema,
  baseUrl: z.prefault(baseUrlSchema, DEFAULT_BASE_URL),
  timeZone: z.prefault(timeZoneSchema, 'UTC'),
}

/** @throws ConfigurationError listing all that is wrong; it quotes no value. */
export function parseOctopodsOptions(options: unknown): OctopodsSettings {
  return parseOptions(SHAPE, options)
}
