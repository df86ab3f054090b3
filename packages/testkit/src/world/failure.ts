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
