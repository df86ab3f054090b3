import ky, { type KyInstance } from 'ky'
import type { CallOptions } from '@waybill/core'
import type { UpstreamClientOptions } from '../client.js'
import { Deadline } from '../time/deadline.js'
import type { ResolvedLimits } from '../options/limits.js'
import { readBody, type BodyRead } from './read-body.js'
import type { Permit } from '../traffic/permit.js'

/** Of a failure's body, more is not worth reading. */
const MAX_ERROR_BODY_BYTES = 64 * 1024

/** A response came, and its body as far as wanted. */
export interface Answer {
  readonly kind: 'answer'
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly body: BodyRead
}

/** No response came, or it broke off: the error of `fetch`, or an end of patience. */
export type Fault = { readonly kind: 'timeout' } | { readonly kind: 'fault'; readonly error: unknown }

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
    headers: { accept: 'application/json', ...options.headers },
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
    const deadline = new Deadline(limits.attemptTimeoutMs, call.signal)
    let status: number | null = null
    const onStatus = (received: number): void => {
      status = received
      permit?.answered()
    }
    try {
      return await send(api, url, deadline, limits, onStatus)
    } finally {
      deadline.stop()
      const durationMs = performance.now() - startedAt
      options.onAttempt?.({ source: options.source, status, durationMs })
    }
  }
}

async function send(
  api: KyInstance,
  url: URL,
  deadline: Deadline,
  limits: ResolvedLimits,
  onStatus: (status: number) => void,
): Promise<Answer | Fault> {
  try {
    const response = await api.get(url, { signal: deadline.signal })
    onStatus(response.status)
    const maxBytes = response.ok ? limits.maxBodyBytes : Math.min(MAX_ERROR_BODY_BYTES, limits.maxBodyBytes)
    const body = await readBody(response, maxBytes)
    // A failure's status says enough even when its body breaks off; an answer without its end is none.
    if (body.end === 'broken' && (response.ok || isCancelled(deadline))) throw body.error
    return { kind: 'answer', url, status: response.status, headers: response.headers, body }
  } catch (error) {
    if (isCancelled(deadline)) throw deadline.signal.reason
    return deadline.signal.aborted ? { kind: 'timeout' } : { kind: 'fault', error }
  }
}

/** Whether the call as a whole has ended, not only this attempt. */
function isCancelled(deadline: Deadline): boolean {
  return deadline.signal.aborted && deadline.signal.reason !== deadline.expiry
}
