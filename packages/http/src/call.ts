import type { GetOptions, UpstreamClientOptions } from './client.js'
import { remainingMs, type Deadline } from './time/deadline.js'
import { delay } from './time/delay.js'
import type { Exchange } from './exchange/exchange.js'
import type { Answer, Fault } from './exchange/outcome.js'
import { toUpstreamError } from './verdict/failure.js'
import { judgeFailure, judgeRedirect } from './verdict/judge-failure.js'
import { judgeFault } from './verdict/judge-fault.js'
import { judgeReport } from './verdict/judge-report.js'
import { judgeSuccess, type Verdict } from './verdict/judge-success.js'
import { planRetry } from './time/plan-retry.js'
import type { Redact } from './text/redact.js'
import { lostParameters, redirectTarget } from './exchange/request-url.js'
import type { Traffic } from './traffic/traffic.js'

/** Enough for a slash that is missing or a path that has moved; more is a loop. */
const MAX_REDIRECTS = 3
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** What all calls of one client share. */
export interface Connection {
  readonly options: UpstreamClientOptions
  readonly retries: number
  readonly maxRetryAfterMs: number
  readonly traffic: Traffic
  readonly exchange: Exchange
  readonly redact: Redact
}

/** One call: as many HTTP requests as it takes, within one budget of time. */
export class Call {
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
      const verdict = this.#judge(await this.#follow(url), url)
      if (verdict.ok) return verdict.value
      const waitMs = planRetry({
        ...verdict.failure,
        retry: attempt,
        retries,
        remainingMs: remainingMs(this.#budget.endsAt, performance.now()),
        random: Math.random(),
      })
      if (waitMs === null) throw toUpstreamError(verdict.failure, options.source, attempt)
      await delay(waitMs, this.#budget.signal)
    }
  }

  async #follow(url: URL): Promise<Answer | Fault> {
    let answer = await this.#send(url)
    for (let redirects = 0; redirects < MAX_REDIRECTS && answer.kind === 'answer'; redirects += 1) {
      const target = targetOf(answer)
      if (target === null || lostParameters(url, target).length > 0) break
      answer = await this.#send(target)
    }
    return answer
  }

  #send(url: URL): Promise<Answer | Fault> {
    const { traffic, exchange } = this.#connection
    const call = { signal: this.#budget.signal, beforeAttempt: this.#get.beforeAttempt }
    return traffic.run(this.#budget, (permit) => exchange(url, call, permit))
  }

  #judge(answer: Answer | Fault, url: URL): Verdict {
    const { options, redact, maxRetryAfterMs } = this.#connection
    if (answer.kind !== 'answer') return { ok: false, failure: judgeFault(answer) }
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
    const envelope = verdict.ok ? this.#get.envelope?.(verdict.value) : undefined
    const failure = envelope && judgeReport(answer, envelope, options, redact, maxRetryAfterMs)
    return failure ? { ok: false, failure } : verdict
  }
}

function targetOf({ status, url, headers }: Answer): URL | null {
  return REDIRECTS.has(status) ? redirectTarget(url, headers.get('location')) : null
}
