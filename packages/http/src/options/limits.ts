import type { TrafficLimits } from '@waybill/core'

/** {@link TrafficLimits} with every default filled in. */
export type ResolvedLimits = { readonly [K in keyof TrafficLimits]-?: number }

/** The bounds that hold where nothing else is configured. */
const DEFAULT_LIMITS: ResolvedLimits = {
  attemptTimeoutMs: 10_000,
  totalTimeoutMs: 30_000,
  concurrency: 4,
  maxBodyBytes: 10 * 1024 * 1024,
  retries: 2,
  maxRetryAfterSeconds: 900,
}

/** Timers take no longer span: beyond it they go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export function resolveLimits(limits: TrafficLimits = {}): ResolvedLimits {
  return {
    attemptTimeoutMs: Math.min(limits.attemptTimeoutMs ?? DEFAULT_LIMITS.attemptTimeoutMs, LONGEST_TIMER_MS),
    totalTimeoutMs: Math.min(limits.totalTimeoutMs ?? DEFAULT_LIMITS.totalTimeoutMs, LONGEST_TIMER_MS),
    concurrency: limits.concurrency ?? DEFAULT_LIMITS.concurrency,
    maxBodyBytes: limits.maxBodyBytes ?? DEFAULT_LIMITS.maxBodyBytes,
    retries: limits.retries ?? DEFAULT_LIMITS.retries,
    maxRetryAfterSeconds: limits.maxRetryAfterSeconds ?? DEFAULT_LIMITS.maxRetryAfterSeconds,
  }
}
