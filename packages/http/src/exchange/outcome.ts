import type { BodyRead } from './read-body.js'

/** A response came, and its body as far as wanted. */
export interface Answer {
  readonly kind: 'answer'
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly body: BodyRead
}

/** No response came, or it broke off. */
export interface Fault {
  /** `timeout`: the time for one request was up. `network`: the error says what happened. */
  readonly kind: 'timeout' | 'network'
  /** Whether the response had begun. */
  readonly begun: boolean
  readonly error: unknown
}
