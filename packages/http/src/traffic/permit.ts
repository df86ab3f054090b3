import type { Token, TokenBucket } from './token-bucket.js'

/** Leave to send one request. Its holder says what became of the request, for that decides when the token returns. */
export class Permit {
  readonly #bucket: TokenBucket
  readonly #token: Token
  #state: 'unsent' | 'sent' | 'answered' = 'unsent'

  constructor(bucket: TokenBucket, token: Token) {
    this.#bucket = bucket
    this.#token = token
  }

  /** The request goes out now. */
  sent(): void {
    this.#state = 'sent'
  }

  /** A response has come: the upstream has counted the request by now. */
  answered(): void {
    this.#state = 'answered'
    this.#bucket.countFrom(this.#token, performance.now())
  }

  /** The request is over. One that was never sent gives its token back. */
  settle(): void {
    if (this.#state === 'unsent') this.#bucket.giveBack(this.#token)
    if (this.#state === 'sent') this.answered()
  }
}
