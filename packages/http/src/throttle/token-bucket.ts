import type { RateLimit } from '@waybill/core'

/** The right to send one request. */
export interface Token {
  /** When it can be taken again, in milliseconds; null while its request is under way. */
  returnsAt: number | null
}

/**
 * A bucket of `requests` tokens, each of which returns `perSeconds` after its request was answered. So no span of that
 * length ever sees more than `requests`; a bucket that refills drop by drop lets nearly twice as many through in its
 * first span, and an upstream that counts in spans would refuse them. It is handed the time, in milliseconds on any
 * clock.
 */
export class TokenBucket {
  readonly #size: number
  readonly #spanMs: number
  #taken: Token[] = []

  constructor(limit: RateLimit) {
    this.#size = limit.requests
    this.#spanMs = limit.perSeconds * 1000
  }

  /** How long at least until a token is free for a caller who lets `ahead` others go first; 0: at once. */
  waitMs(now: number, ahead = 0): number {
    this.#taken = this.#taken.filter(({ returnsAt }) => returnsAt === null || returnsAt > now)
    const free = this.#size - this.#taken.length
    const place = ahead % this.#size
    // A request under way is answered now at the earliest.
    const returns = this.#taken.map(({ returnsAt }) => returnsAt ?? now + this.#spanMs)
    const freeAt = returns.toSorted((a, b) => a - b)[place - free] ?? now
    return freeAt - now + Math.floor(ahead / this.#size) * this.#spanMs
  }

  /** Takes a token; only to be called when {@link TokenBucket.waitMs} is 0. */
  take(): Token {
    const token: Token = { returnsAt: null }
    this.#taken.push(token)
    return token
  }

  /** Counts the token's span from `now`: the upstream has counted the request at that time at the latest. */
  countFrom(token: Token, now: number): void {
    token.returnsAt = now + this.#spanMs
  }

  /** Puts back a token that was not used. */
  giveBack(token: Token): void {
    this.#taken = this.#taken.filter((other) => other !== token)
  }
}

/** Permission to send one request. Its holder reports what happened to the request, since that decides when its tokens return. */
export class Permit {
  readonly #taken: readonly (readonly [bucket: TokenBucket, token: Token])[]
  #state: 'unsent' | 'sent' | 'answered' = 'unsent'

  /** Takes a token of each bucket; each must have one. */
  constructor(buckets: readonly TokenBucket[]) {
    this.#taken = buckets.map((bucket) => [bucket, bucket.take()])
  }

  /** The request goes out now. */
  sent(): void {
    this.#state = 'sent'
  }

  /** A response has come: the upstream has counted the request by now. */
  answered(): void {
    this.#state = 'answered'
    const now = performance.now()
    for (const [bucket, token] of this.#taken) bucket.countFrom(token, now)
  }

  /** The request is over. One that was never sent gives its tokens back. */
  settle(): void {
    if (this.#state === 'unsent') for (const [bucket, token] of this.#taken) bucket.giveBack(token)
    if (this.#state === 'sent') this.answered()
  }
}
