/** What one request asked for. Holds nothing secret. */
export interface ReceivedRequest {
  readonly method: string
  /** Path as sent, without the query. */
  readonly path: string
  /** Path and query as sent. */
  readonly url: string
  /** The query's parameters in order, decoded; a repeated one appears as often as it was sent. */
  readonly searchParams: readonly (readonly [name: string, value: string])[]
  /** The query's parameters by name, decoded; of a repeated one the last. */
  readonly params: Readonly<Record<string, string>>
  readonly headers: {
    /** Name and port under which the server was asked. */
    readonly host: string | undefined
    readonly accept: string | undefined
    readonly acceptEncoding: string | undefined
    readonly userAgent: string | undefined
  }
}
