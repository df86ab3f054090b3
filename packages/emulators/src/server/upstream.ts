import type { IncomingHttpHeaders } from 'node:http'
import type { Reply } from './reply.js'
import type { RequestRecord } from './request-record.js'

/** A GET request below the base path. */
export interface UpstreamCall {
  /** Below the base path, with a slash in front. */
  readonly path: string
  readonly record: RequestRecord
  /** To be awaited at the moment that its name tells. */
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
  /** Answers; whether the credentials were right stands in the record. */
  readonly respond: (call: UpstreamCall) => Promise<Reply>
  /** The upstream's error answer for an HTTP status. */
  readonly errorReply: (status: number) => Reply
}
