import { signal } from '@preact/signals'
import { readServerClock } from './clock.js'
import { isLockedOut, replaceToken, token } from './token.js'

/** How long an answer may take to begin, in milliseconds. */
const PATIENCE_MS = 60_000

/** After this time without an answer the page says that it is waiting, in milliseconds. */
const SLOW_MS = 4000

/** Whether the last request reached the server. */
export const isServerReachable = signal(true)

/** How many requests have been waiting for long. */
export const slowRequests = signal(0)

/**
 * `fetch` of this server: with the token, the server's clock, and what is known of the connection.
 * @throws whatever `fetch` throws; a `TimeoutError` when no answer begins within a minute.
 */
export const serverFetch: typeof fetch = (input, init) => {
  const timeout = new AbortController()
  const giveUp = setTimeout(() => timeout.abort(new DOMException('No answer', 'TimeoutError')), PATIENCE_MS)
  const waiting = watchSlowness()
  const given = init?.signal instanceof AbortSignal ? [init.signal] : []
  const either = AbortSignal.any([timeout.signal, ...given])
  return patientFetch(input, { ...init, signal: either }).finally(() => {
    clearTimeout(giveUp)
    waiting.end()
  })
}

/**
 * Like `serverFetch`, and waits as long as it takes: for what the person waits for knowingly.
 * @throws whatever `fetch` throws.
 */
export const patientFetch: typeof fetch = async (input, init) => {
  const sent = token.value
  const response = await fetchWith(sent, input, init)
  if (response.status !== 401 || !(await replaceToken(sent))) return response
  const again = await fetchWith(token.value, input, init)
  if (again.status === 401) isLockedOut.value = true
  return again
}

async function fetchWith(
  sent: string | null,
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers)
  if (sent !== null) headers.set('authorization', `Bearer ${sent}`)
  try {
    const response = await fetch(input, { ...init, headers })
    isServerReachable.value = true
    readServerClock(response.headers)
    return response
  } catch (error) {
    const isCancelled = error instanceof DOMException && error.name === 'AbortError'
    if (!isCancelled) isServerReachable.value = false
    throw error
  }
}

/** Asks whether the server is there again. */
export async function knock(): Promise<void> {
  await serverFetch(new URL('healthz', document.baseURI)).catch(() => undefined)
}

function watchSlowness(): { end(): void } {
  let isCounted = false
  const timer = setTimeout(() => {
    isCounted = true
    slowRequests.value += 1
  }, SLOW_MS)
  return {
    end: () => {
      clearTimeout(timer)
      if (isCounted) slowRequests.value -= 1
    },
  }
}
