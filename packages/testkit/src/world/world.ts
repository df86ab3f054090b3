import type { ProviderFactory, UpstreamErrorCode } from '@waybill/core'
import type { ConformanceRow } from './rows.js'

/**
 * A provider and the upstream that it is proven against: a real HTTP server that the provider's author runs, and that
 * can be filled, broken and watched; or whatever else it reads, such as a database. Everything but the upstream's own
 * ways is asked of the provider.
 */
export interface ConformanceWorld {
  /** The provider package's default export. */
  readonly create: ProviderFactory
  /** Options with which the provider reads the test upstream. Absent where it is not made from a configuration. */
  readonly options?: Readonly<Record<string, unknown>> | undefined
  /** The credentials with which the upstream is read, as they are sent. No error may ever show one. */
  readonly secrets: readonly string[]
  /** Puts exactly these rows upstream, in place of all others, and ends whatever {@link fail} began. */
  reset(rows: readonly ConformanceRow[]): void | Promise<void>
  /**
   * From now on every request fails in this way, until the next {@link reset}. A way in which this upstream cannot be
   * made to fail is an error; the cases that need it are then named in {@link notSupported}. Absent, like
   * {@link requests}, where the provider sends no HTTP requests at all.
   */
  fail?(failure: Failure): void | Promise<void>
  /** How many HTTP requests have arrived at the upstream so far. */
  requests?(): number
  /** How many of them still wait for the rest of their answer, with their connections open. */
  underWay?(): number
  /** The upstream's id of the row with a number, as text. Default: the number. */
  upstreamId?(number: number): string
  /** Whether a message's text can be null upstream; then some rows' is. Default false. */
  readonly nullableText?: boolean | undefined
  /**
   * From now on the row at a position of the first page cannot be read, counted from 0, until the next {@link reset}:
   * it lacks its time, for example. Absent where the upstream cannot be made to send such a row.
   */
  spoil?(position: number): void | Promise<void>
  /**
   * From now on the row at a position of the first page has one more member, of any name, whose value is `json` as it is,
   * and every answer names `contentType`; until the next {@link reset}. A provider that sends HTTP requests needs it.
   */
  extend?(position: number, extension: Extension): void | Promise<void>
  /**
   * From now on the upstream writes times without a zone, as the clocks of `timeZone` (an IANA name) show them, until the
   * next {@link reset}. Absent where the provider has no option for the zone of such times.
   *
   * @returns the options with which the provider reads them.
   */
  writeTimesIn?(
    timeZone: string,
  ): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>
  /**
   * Bodies of 2xx answers that only look like this upstream's: no list, or nothing but wrong rows. Each becomes a case
   * of its own, called `body: <name>`: `list` has to refuse it as UPSTREAM_INVALID_RESPONSE, or to set every row aside.
   */
  readonly hostileBodies?: Readonly<Record<string, string>> | undefined
  /**
   * Bodies of 2xx answers by which this upstream, or a framework like its own, reports that a request for a list failed,
   * with the code that the error must have. Absent where it never reports that under a 2xx.
   */
  readonly failedBodies?: Readonly<Record<string, FailedBody>> | undefined
  /** The cases that the provider cannot pass, by name, each with the reason as a sentence. */
  readonly notSupported?: Readonly<Record<string, string>> | undefined
}

/** An undocumented member of a row, and how it is sent. */
export interface Extension {
  /** A JSON text, to be sent as it is. */
  readonly json: string
  /** The answer's content type. */
  readonly contentType: string
}

/** An error inside an answer of HTTP 200. */
export interface FailedBody {
  readonly body: string
  readonly code: UpstreamErrorCode
}

/** The HTTP requests that reach an upstream, watched and broken. */
export interface Traffic {
  fail(failure: Failure): void | Promise<void>
  requests(): number
}

/** @returns null for a world without HTTP requests. @throws TypeError for a world that can watch it and not break it, or the reverse. */
export function trafficOf(world: ConformanceWorld): Traffic | null {
  const { fail, requests } = world
  if (fail === undefined && requests === undefined) return null
  if (fail === undefined || requests === undefined) {
    throw new TypeError(
      'A world has both of fail and requests, or neither: a provider without HTTP requests.',
    )
  }
  return { fail: fail.bind(world), requests: requests.bind(world) }
}

/** A way in which every request to the upstream fails. */
export type Failure =
  /** The upstream refuses the credentials, in its own way. */
  | { readonly kind: 'unauthorized' }
  /** The credentials are right, but may not read messages. */
  | { readonly kind: 'forbidden' }
  /** Too many requests; `retryAfterSeconds` goes out as `Retry-After`, null without. */
  | { readonly kind: 'rateLimited'; readonly retryAfterSeconds: number | null }
  /** The upstream finds fault with the request: a 4xx other than the above, and other than "no such message". */
  | { readonly kind: 'rejected' }
  /** The upstream cannot answer: a 5xx. */
  | { readonly kind: 'unavailable' }
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset' }
  /** The request is taken, and never answered. */
  | { readonly kind: 'silence' }
  /** Exactly this answer, whatever was asked for. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly contentType: string
      readonly body: string
    }
