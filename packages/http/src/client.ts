import type { CallOptions, ProviderContext, UpstreamErrorCode } from '@waybill/core'
import type { Envelope } from './verdict/envelope.js'

/** A response that is not a success, with what could be made of its body. */
export interface UpstreamFailure {
  /** 2xx where only the body says that the request failed. */
  readonly status: number
  /** The upstream's error code, where the body had one, as text. */
  readonly upstreamCode: string | null
  /** The upstream's error text, cleaned and shortened; null where there is none. */
  readonly upstreamMessage: string | null
}

export interface UpstreamClientOptions extends ProviderContext {
  /** All paths are below it. */
  readonly baseUrl: URL
  /** Sent with every request, to this origin only. */
  readonly headers: Readonly<Record<string, string>>
  /** Credentials: never appear in a message, a log or a stack, whatever the upstream echoes. */
  readonly secrets: readonly string[]
  /** The code for a failure, where the upstream means something else than its HTTP status or its words say. */
  readonly classify?: ((failure: UpstreamFailure) => UpstreamErrorCode | undefined) | undefined
}

export interface GetOptions extends CallOptions {
  readonly searchParams?: Readonly<Record<string, string>> | undefined
  /**
   * What of a 2xx body stands around the messages. Where it says that the request failed, the call fails as if the
   * HTTP status had said so. Absent: every 2xx with JSON is a success.
   */
  readonly envelope?: ((body: unknown) => Envelope) | undefined
}

/** Reads one upstream API. Holds the connection's rate budget and concurrency limit: make one for each source. */
export interface UpstreamClient {
  /**
   * The parsed JSON body of `GET {baseUrl}/{path}`.
   * @throws TypeError for a path with a segment `.` or `..`; UpstreamError; the signal's reason when the call is aborted; whatever `beforeAttempt` throws.
   */
  getJson(path: string, options?: GetOptions): Promise<unknown>
}
