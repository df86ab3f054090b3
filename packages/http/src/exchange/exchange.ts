import type { CallOptions } from '@waybill/core'
import ky, { type KyInstance } from 'ky'
import type { ResolvedLimits, UpstreamClientOptions } from '../options/client-options.js'
import { Deadline } from '../time/deadline.js'
import type { Permit } from '../throttle/token-bucket.js'
import { type Answer, type Fault, readBody } from './answer.js'
import { inAttemptSpan } from './attempt-span.js'
import { contextHeaders } from './request-context.js'

/** Sends one HTTP request. Rejects with the reason of `signal`, or with what `beforeAttempt` throws. */
export type Exchange = (
  url: URL,
  call: Pick<CallOptions, 'beforeAttempt'> & {
    readonly signal: AbortSignal
    readonly isRetry: boolean
    /** On the clock of `performance.now()`. */
    readonly wantedAt: number
  },
  permit: Permit | undefined,
) => Promise<Answer | Fault>

/**
 * Makes the one function that talks to the network. ky sends a single request each time: its retries end with the
 * headers, so a body that breaks off or hangs would not be tried again, its waits for `Retry-After` run into the total
 * timeout instead of failing at once, and its timeouts for headers and body are counted apart. Redirects are not
 * followed, because `fetch` would count none of them and take headers of our own along to any host.
 */
export function createExchange(options: UpstreamClientOptions, limits: ResolvedLimits): Exchange {
  const api = ky.create({
    headers: headersOf(options),
    redirect: 'manual',
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  })
  return async (url, call, permit) => {
    call.signal.throwIfAborted()
    call.beforeAttempt?.()
    permit?.sent()
    const startedAt = performance.now()
    const attempt = new Attempt(new Deadline(limits.attemptTimeoutMs, call.signal), limits, permit)
    try {
      return await inAttemptSpan(options.source, url, async (setStatus) => {
        const answer = await attempt.send(api, url)
        setStatus(attempt.status)
        return answer
      })
    } finally {
      attempt.deadline.stop()
      const durationMs = performance.now() - startedAt
      const { isRetry, wantedAt } = call
      const waitedMs = startedAt - wantedAt
      options.onAttempt?.({ source: options.source, status: attempt.status, durationMs, isRetry, waitedMs })
    }
  }
}

function headersOf(options: UpstreamClientOptions): Headers {
  const headers = new Headers({ accept: 'application/json' })
  for (const [name, value] of Object.entries(options.headers)) headers.set(name, value)
  return headers
}

/** Of a failure's body, more is not worth reading. */
const MAX_ERROR_BODY_BYTES = 64 * 1024

/** One HTTP request and what came of it. */
class Attempt {
  readonly deadline: Deadline
  readonly #limits: ResolvedLimits
  readonly #permit: Permit | undefined
  #status: number | null = null

  constructor(deadline: Deadline, limits: ResolvedLimits, permit: Permit | undefined) {
    this.deadline = deadline
    this.#limits = limits
    this.#permit = permit
  }

  /** Null until a response has begun. */
  get status(): number | null {
    return this.#status
  }

  /** Rejects only when the call as a whole has ended, with its reason. */
  async send(api: KyInstance, url: URL): Promise<Answer | Fault> {
    try {
      return await this.#exchange(api, url)
    } catch (error) {
      if (this.#cancelled) throw this.deadline.signal.reason
      const kind = this.deadline.signal.aborted ? 'timeout' : 'network'
      return { kind, begun: this.#status !== null, error }
    }
  }

  async #exchange(api: KyInstance, url: URL): Promise<Answer> {
    const response = await api.get(url, {
      signal: this.deadline.signal,
      headers: contextHeaders(),
    })
    const { status, headers, ok } = response
    this.#status = status
    this.#permit?.answered()
    const { maxBodyBytes } = this.#limits
    const body = await readBody(response, ok ? maxBodyBytes : Math.min(MAX_ERROR_BODY_BYTES, maxBodyBytes))
    // The status of a failure is enough even if its body breaks off; a success needs its whole body.
    if (body.end === 'broken' && (ok || this.#cancelled)) throw body.error
    return { kind: 'answer', url, status, headers, body }
  }

  /** Whether the call as a whole has ended, not only the time for this attempt. */
  get #cancelled(): boolean {
    const { signal, expiry } = this.deadline
    return signal.aborted && signal.reason !== expiry
  }
}
