import { SERVER_DEFAULTS, type ServerSettings } from '../server/emulator.js'
import type { TimestampFormat } from '../server/reply.js'

/**
 * The place of the page's items in the body. `array`: the body itself. `data`: under `data`.
 * `data-meta` and `data-pagination`: the same, with page figures under `meta` or `pagination`.
 * `root`: a Laravel paginator. `nested`: a Laravel paginator under `data`.
 */
export type WacrEnvelope = 'array' | 'data' | 'data-meta' | 'data-pagination' | 'root' | 'nested'

/** `nested`: `{success, error: {code, message}}`. `flat`: `{error_code, message}`. `message`: `{message}`. */
export type WacrErrorShape = 'nested' | 'flat' | 'message' | 'html' | 'empty'

/** How WA.cr's API behaves where the documentation leaves it open, and what it accepts. */
export interface WacrSettings extends ServerSettings {
  /** The bearer token that is accepted; default `wacr-s3cret-token`. */
  token: string
  /** What the token may do; default `messages:read`. */
  scopes: readonly string[]
  /** Default `data-meta`. */
  envelope: WacrEnvelope
  /** Whether an envelope that is an object also has `success`, `status` and `message`; default false. */
  wrapper: boolean
  /** The place of a single message in the body; default `data`. */
  detailEnvelope: 'bare' | 'data'
  /** Whether `total` and `last_page` are given, which costs a query before the rows are read; default true. */
  totals: boolean
  /**
   * Whether page figures come with the addresses of the pages around, as Laravel's paginators have them:
   * `next_page_url`, or `links.next` beside `meta`; null on the last page. Default true.
   */
  links: boolean
  /** Whether `per_page` is given; default true. */
  reportPerPage: boolean
  /** The largest page that is served, whatever is asked for; default 100. */
  maxPerPage: number
  /**
   * Whether parameters lose the white space around them, and those with nothing else in them are as if absent:
   * what Laravel's usual middleware does. Default false.
   */
  trimInput: boolean
  /** Default false. */
  numbersAsStrings: boolean
  /** Of `sent_at`; default `microseconds`. */
  timestampFormat: TimestampFormat
  /** Default `nested`. */
  errorShape: WacrErrorShape
}

export const WACR_DEFAULTS: Readonly<WacrSettings> = {
  ...SERVER_DEFAULTS,
  token: 'wacr-s3cret-token',
  scopes: ['messages:read'],
  envelope: 'data-meta',
  wrapper: false,
  detailEnvelope: 'data',
  totals: true,
  links: true,
  reportPerPage: true,
  maxPerPage: 100,
  trimInput: false,
  numbersAsStrings: false,
  timestampFormat: 'microseconds',
  errorShape: 'nested',
}
