import type { IncomingHttpHeaders } from 'node:http'
import type { Faults, RequestRecord } from './faults.js'
import type { Reply } from './reply.js'
import type { RequestStages } from './stages.js'

/** A running upstream. */
export interface Emulator<Table, Settings> extends RequestStages, AsyncDisposable {
  /** The base URL that a client is configured with, without a slash at the end. */
  readonly url: string
  /** The rows; may be changed at any time. */
  readonly table: Table
  /** Behaviour; every property may be set at any time and holds from the next request on. */
  readonly settings: Settings
  /** Every request that arrived, oldest first. Set its length to 0 to forget them. */
  readonly log: RequestRecord[]
  readonly faults: Faults
  /** Stops at once, open requests included. May be called again. */
  close(): Promise<void>
}

/** Where an emulator listens. */
export interface ListenOptions {
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: any free port. */
  readonly port?: number
}

/** Behaviour that both upstreams share. */
export interface ServerSettings {
  /** How long every answer takes at least, in milliseconds; default 0. */
  latencyMs: number | ((record: RequestRecord) => number)
  /** Content type of answers in JSON, which stay UTF-8; default `application/json`. */
  contentType: string
  /**
   * Times are written without a zone, as the clocks of this one show them: `2026-04-24 14:34:56`. Null: with their
   * offset from UTC. Default null.
   */
  timeZone: string | null
}

export const SERVER_DEFAULTS: Readonly<ServerSettings> = {
  latencyMs: 0,
  contentType: 'application/json',
  timeZone: null,
}

/** A GET request below the base path. */
export interface UpstreamCall {
  /** Below the base path, with a slash in front. */
  readonly path: string
  readonly record: RequestRecord
  /** To be awaited at the moment in its name. */
  readonly counted: () => Promise<void>
  readonly selected: () => Promise<void>
}

/** What the server needs to know of an upstream. */
export interface Upstream {
  /** With a slash in front and none at the end. */
  readonly basePath: string
  /** The credentials as sent; empty when there are none. */
  readonly credentials: (headers: IncomingHttpHeaders) => string
  readonly accepts: (credentials: string) => boolean
  /** Answers; the record has whether the credentials were right. */
  readonly respond: (call: UpstreamCall) => Promise<Reply>
  /** The upstream's error answer for an HTTP status. */
  readonly errorReply: (status: number) => Reply
}
