import ky from 'ky'
import type { CallOptions } from '@waybill/core'
import type { UpstreamClientOptions } from '../client.js'
import { Deadline } from '../time/deadline.js'
import type { ResolvedLimits } from '../options/limits.js'
import { Attempt } from './attempt.js'
import type { Answer, Fault } from './outcome.js'
import type { Permit } from '../traffic/permit.js'

/** Sends one HTTP request. Rejects with the reason of `signal`, or with what `beforeAttempt` throws. */
export type Exchange = (
  url: URL,
  call: Pick<CallOptions, 'beforeAttempt'> & { readonly signal: AbortSignal },
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
      return await attempt.send(api, url)
    } finally {
      attempt.deadline.stop()
      const durationMs = performance.now() - startedAt
      options.onAttempt?.({ source: options.source, status: attempt.status, durationMs })
    }
  }
}

function headersOf(options: UpstreamClientOptions): Headers {
  const headers = new Headers({ accept: 'application/json' })
  for (const [name, value] of Object.entries(options.headers)) headers.set(name, value)
  return headers
}
