import * as z from 'zod/mini'
import { baseUrl, credential, parseOptions } from './parse-options.js'

/** Options of the Octopods provider. */
export interface OctopodsOptions {
  /** The API key of one WhatsApp channel. Several channels mean several keys, so several sources. */
  readonly apiKey: string
  /** All paths are below it; a slash at the end makes no difference. Default `https://app.octopods.io/api/v1`. */
  readonly baseUrl?: string | undefined
}

/** The options, checked and complete. */
export interface OctopodsSettings {
  readonly apiKey: string
  readonly baseUrl: URL
}

const DEFAULT_BASE_URL = 'https://app.octopods.io/api/v1'

const SHAPE = { apiKey: credential, baseUrl: z.prefault(baseUrl, DEFAULT_BASE_URL) }
const SCHEMA = z.strictObject(SHAPE, 'an object')

/** @throws ConfigurationError listing all that is wrong; it quotes no value. */
export function parseOctopodsOptions(options: unknown): OctopodsSettings {
  return parseOptions<OctopodsSettings>(SCHEMA, options, Object.keys(SHAPE))
}
