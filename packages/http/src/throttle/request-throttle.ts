import { type RateLimit, UpstreamError } from '@waybill/core'
import type { ResolvedLimits, UpstreamClientOptions } from '../options/client-options.js'
import { type Deadline, delay, remainingMs, toSeconds } from '../time/deadline.js'
import { Semaphore } from './semaphore.js'
import { Permit, TokenBucket } from './token-bucket.js'

/** Who sends: the sync of an archive, for which a part is kept free, or somebody else. */
type Sender = 'sync' | 'caller'

/** Holds the requests of one connection to its rate limit and its concurrency. */
export class RequestThrottle {
  readonly #gate: RateGate | undefined
  readonly #places: Semaphore
  /** The places that callers may have at the same time. */
  readonly #callerPlaces: Semaphore

  constructor(
    { source, rateLimit, syncShare = 0 }: Pick<UpstreamClientOptions, 'source' | 'rateLimit' | 'syncShare'>,
    { concurrency, maxRetryAfterSeconds }: ResolvedLimits,
  ) {
    this.#gate =
      rateLimit === undefined
        ? undefined
        : new RateGate({ rateLimit, source, maxRetryAfterSeconds, syncShare })
    this.#places = new Semaphore(concurrency)
    this.#callerPlaces = new Semaphore(Math.max(1, syncShare > 0 ? concurrency - 1 : concurrency))
  }

  /**
   * Runs `request` when it is its turn; without a rate limit it gets no permit.
   * Rejects as {@link RateGate.take} and `request` do.
   */
  async run<T>(
    deadline: Deadline,
    sender: Sender,
    request: (permit: Permit | undefined) => Promise<T>,
  ): Promise<T> {
    const permit = await this.#gate?.take(deadline, sender)
    try {
      return sender === 'sync'
        ? await this.#places.use(deadline.signal, () => request(permit))
        : await this.#callerPlaces.use(deadline.signal, () =>
            this.#places.use(deadline.signal, () => request(permit)),
          )
    } finally {
      permit?.settle()
    }
  }
}

export interface RateGateOptions {
  readonly rateLimit: RateLimit
  readonly source: string
  readonly maxRetryAfterSeconds: number
  /** See `ProviderContext.syncShare`. */
  readonly syncShare: number
}

/** Makes requests wait for the configured rate limit, those of each sender in the order of their coming. */
export class RateGate {
  readonly #options: RateGateOptions
  readonly #all: TokenBucket
  /** What is not kept free for the sync. */
  readonly #callers: TokenBucket
  readonly #callersLimit: RateLimit
  readonly #turns = { sync: new Semaphore(1), caller: new Semaphore(1) }

  constructor(options: RateGateOptions) {
    const { rateLimit, syncShare } = options
    const kept = syncShare === 0 ? 0 : Math.max(1, Math.floor(rateLimit.requests * syncShare))
    this.#options = options
    this.#all = new TokenBucket(rateLimit)
    this.#callersLimit = { ...rateLimit, requests: Math.max(1, rateLimit.requests - kept) }
    this.#callers = new TokenBucket(this.#callersLimit)
  }

  /**
   * The permit must be settled.
   * @throws UpstreamError UPSTREAM_RATE_LIMITED, at once, when no token comes free before the deadline;
   *   the reason of the deadline's signal when that aborts.
   */
  async take(deadline: Deadline, sender: Sender): Promise<Permit> {
    const turn = this.#turns[sender]
    // Those in front are counted in, so that one who cannot be served in time does not wait for nothing.
    this.#waitMs(deadline, sender, turn.load)
    return turn.use(deadline.signal, async () => {
      for (;;) {
        const waitMs = this.#waitMs(deadline, sender, 0)
        if (waitMs === 0) return new Permit(this.#bucketsOf(sender))
        await delay(Math.ceil(waitMs), deadline.signal)
      }
    })
  }

  #bucketsOf(sender: Sender): TokenBucket[] {
    return sender === 'sync' ? [this.#all] : [this.#all, this.#callers]
  }

  #waitMs(deadline: Deadline, sender: Sender, ahead: number): number {
    const now = performance.now()
    const waitMs = Math.max(...this.#bucketsOf(sender).map((bucket) => bucket.waitMs(now, ahead)))
    if (waitMs === 0 || waitMs < remainingMs(deadline.endsAt, now)) return waitMs
    throw this.#refusal(toSeconds(waitMs), sender)
  }

  #refusal(seconds: number, sender: Sender): UpstreamError {
    const { source, rateLimit, maxRetryAfterSeconds } = this.#options
    const { requests, perSeconds } = sender === 'sync' ? rateLimit : this.#callersLimit
    const kept = rateLimit.requests - requests
    const reserve = kept === 0 ? '' : `, minus ${kept} that are reserved for the sync of the archive`
    const message =
      `Source "${source}" may get ${requests} requests in ${perSeconds} s: rateLimit in Waybill's own ` +
      `configuration${reserve}. No request is left. Wait ${seconds} s, then try again, or raise rateLimit.`
    return new UpstreamError('UPSTREAM_RATE_LIMITED', message, {
      source,
      // What others plan by is bounded, whoever asks for the wait; coming too early costs the upstream nothing here.
      retryAfterSeconds: Math.min(seconds, maxRetryAfterSeconds),
    })
  }
}
