import { type CallOptions, toPlainNumbers, UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import { checkOptions, resolveLimits, type UpstreamClientOptions } from './options/client-options.js'
import type { Answer, Fault } from './exchange/answer.js'
import { createExchange, type Exchange } from './exchange/exchange.js'
import { lostParameters, redirectTarget, requestUrl } from './exchange/request-url.js'
import { createRedactor, type Redact } from './text/redact.js'
import { Deadline, delay, remainingMs } from './time/deadline.js'
import { planRetry } from './time/retry.js'
import { Breaker } from './throttle/breaker.js'
import { RequestThrottle } from './throttle/request-throttle.js'
import type { Envelope } from './outcome/envelope.js'
import { judgeFailure, judgeRedirect, toUpstreamError } from './outcome/failure.js'
import { judgeFault } from './outcome/network-fault.js'
import { judgeReport } from './outcome/reported-failure.js'
import { judgeSuccess, type Verdict } from './outcome/success.js'

export interface GetOptions extends CallOptions {
  readonly searchParams?: Readonly<Record<string, string>> | undefined
  /**
   * The part of a 2xx body around the messages. If it reports a failure, the call fails as under an HTTP error
   * status. Absent: every 2xx with JSON is a success.
   */
  readonly envelope?: ((body: unknown) => Envelope) | undefined
}

/** Reads one upstream API. Holds the connection's rate budget and concurrency limit: make one for each source. */
export interface UpstreamClient {
  /**
   * The JSON body of `GET {baseUrl}/{path}`, as `parseExactJson` of core reads it: numbers that JavaScript would change
   * keep their digits.
   *
   * @throws TypeError for a path with a segment `.` or `..`; UpstreamError; the signal's reason when the call is aborted; whatever `beforeAttempt` throws.
   */
  getJson(path: string, options?: GetOptions): Promise<unknown>
}

/**
 * Makes the client of one upstream API. Its calls share one concurrency limit and one rate budget.
 * @throws ConfigurationError for a base URL, a header or a limit that cannot be used, paths relative to `options`.
 */
export function createUpstreamClient(options: UpstreamClientOptions): UpstreamClient {
  checkOptions(options)
  const limits = resolveLimits(options.limits)
  const connection: Connection = {
    options,
    retries: limits.retries,
    totalTimeoutMs: limits.totalTimeoutMs,
    maxRetryAfterMs: limits.maxRetryAfterSeconds * 1000,
    throttle: new RequestThrottle(options, limits),
    breaker: new Breaker(),
    exchange: createExchange(options, limits),
    redact: createRedactor(options.secrets),
  }
  return {
    async getJson(path: string, get: GetOptions = {}): Promise<unknown> {
      const url = requestUrl(options.baseUrl, path, get.searchParams)
      get.signal?.throwIfAborted()
      const budget = new Deadline(limits.totalTimeoutMs, get.signal)
      const call = new Call(connection, budget, get)
      try {
        return await call.run(url)
      } catch (error) {
        throw error === budget.expiry ? call.outOfTime() : error
      } finally {
        budget.stop()
      }
    },
  }
}

/** Enough for a slash that is missing or a path that has moved; more is a loop. */
const MAX_REDIRECTS = 3
/** What says that the upstream cannot serve now. One that refuses is up. */
const OUTAGES: ReadonlySet<UpstreamErrorCode> = new Set(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT'])
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** What all calls of one client share. */
interface Connection {
  readonly options: UpstreamClientOptions
  readonly retries: number
  readonly totalTimeoutMs: number
  readonly maxRetryAfterMs: number
  readonly throttle: RequestThrottle
  readonly breaker: Breaker
  readonly exchange: Exchange
  readonly redact: Redact
}

/** One call: as many HTTP requests as it takes, within one budget of time. */
class Call {
  readonly #connection: Connection
  readonly #budget: Deadline
  readonly #get: GetOptions

  constructor(connection: Connection, budget: Deadline, get: GetOptions) {
    this.#connection = connection
    this.#budget = budget
    this.#get = get
  }

  /** The JSON value at `url`. Rejects with an UpstreamError, or with the reason of the budget's signal. */
  async run(url: URL): Promise<unknown> {
    const { retries, options } = this.#connection
    for (let attempt = 1; ; attempt += 1) {
      const verdict = await this.#try(url, attempt > 1)
      if (verdict.ok) return verdict.value
      const waitMs = planRetry({
        ...verdict.failure,
        retry: attempt,
        retries,
        remainingMs: remainingMs(this.#budget.endsAt, performance.now()),
        random: Math.random(),
      })
      if (waitMs === null) throw toUpstreamError(verdict.failure, options, attempt)
      await delay(waitMs, this.#budget.signal)
    }
  }

  outOfTime(): UpstreamError {
    const { options, totalTimeoutMs } = this.#connection
    const { source } = options
    const spent = `${totalTimeoutMs / 1000} s, retries and waits included`
    const message = `Source "${source}" sent no response within ${spent}. Try again later, or raise limits.totalTimeoutMs.`
    return new UpstreamError('UPSTREAM_TIMEOUT', message, { source })
  }

  /** One try, unless requests are paused. */
  async #try(url: URL, isRetry: boolean): Promise<Verdict> {
    const { breaker, options } = this.#connection
    // A sync has pauses of its own, and finds out first that the upstream answers again.
    const isTrial = this.#get.isSync !== true && breaker.begin(performance.now())
    const end = (outcome: UpstreamError | 'answered' | 'unknown'): void => {
      const pauseMs = breaker.end(outcome, isTrial, performance.now())
      if (pauseMs !== null) options.onPause?.({ source: options.source, pauseMs })
    }
    try {
      const verdict = this.#judge(await this.#follow(url, isRetry), url)
      const isOutage = !verdict.ok && OUTAGES.has(verdict.failure.code)
      end(isOutage ? toUpstreamError(verdict.failure, options, 1) : 'answered')
      return verdict
    } catch (error) {
      end(error === this.#budget.expiry ? this.outOfTime() : 'unknown')
      throw error
    }
  }

  async #follow(url: URL, isRetry: boolean): Promise<Answer | Fault> {
    let answer = await this.#send(url, isRetry)
    for (let redirects = 0; redirects < MAX_REDIRECTS && answer.kind === 'answer'; redirects += 1) {
      const target = targetOf(answer)
      if (target === null || lostParameters(url, target).length > 0) break
      answer = await this.#send(target, isRetry)
    }
    return answer
  }

  #send(url: URL, isRetry: boolean): Promise<Answer | Fault> {
    const { throttle, exchange } = this.#connection
    const { beforeAttempt, isSync = false } = this.#get
    const call = { signal: this.#budget.signal, beforeAttempt, isRetry, wantedAt: performance.now() }
    return throttle.run(this.#budget, isSync ? 'sync' : 'caller', (permit) => exchange(url, call, permit))
  }

  #judge(answer: Answer | Fault, url: URL): Verdict {
    const { options, redact, maxRetryAfterMs } = this.#connection
    if (answer.kind !== 'answer') return { ok: false, failure: judgeFault(answer, url, process.env) }
    if (answer.status < 300) return this.#judgeSuccess(answer)
    if (answer.status < 400) {
      const target = targetOf(answer)
      const lost = target === null ? [] : lostParameters(url, target)
      return { ok: false, failure: judgeRedirect(answer, lost) }
    }
    return { ok: false, failure: judgeFailure(answer, options.classify, redact, maxRetryAfterMs) }
  }

  #judgeSuccess(answer: Answer): Verdict {
    const { options, redact, maxRetryAfterMs } = this.#connection
    const verdict = judgeSuccess(answer, redact)
    const envelope = verdict.ok ? this.#get.envelope?.(toPlainNumbers(verdict.value)) : undefined
    const failure = envelope && judgeReport(answer, envelope, options, redact, maxRetryAfterMs)
    return failure ? { ok: false, failure } : verdict
  }
}

function targetOf({ status, url, headers }: Answer): URL | null {
  return REDIRECTS.has(status) ? redirectTarget(url, headers.get('location')) : null
}
