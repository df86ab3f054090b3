import { useEffect, useRef } from 'preact/hooks'
import type { Problem } from '../api/problem.js'
import { isServerReachable } from '../api/server-fetch.js'

/** After how long the page tries again by itself where the server does not say it, in seconds. */
const PAUSE_SECONDS = 5

/**
 * Tries again by itself, after a pause, what failed because the server was absent or busy; at once where an absent server is there
 * again.
 */
export function useRetry(problem: Problem | null, retry: () => void): void {
  const isReachable = isServerReachable.value
  const wasReachable = useRef(isReachable)
  useEffect(() => {
    const isBack = isReachable && !wasReachable.current
    wasReachable.current = isReachable
    if (isBack && problem?.kind === 'gone') retry()
  }, [isReachable])
  useEffect(() => {
    if (problem === null || !isRetried(problem)) return undefined
    const timer = setTimeout(retry, (problem.retryAfterSeconds ?? PAUSE_SECONDS) * 1000)
    return () => clearTimeout(timer)
  }, [problem])
}

/** Whether the page tries again by itself after this problem, where it repeats anything. */
export function isRetried({ kind }: Problem): boolean {
  return kind === 'gone' || kind === 'busy'
}

/** Whether the notice that the server is absent says it all. */
export function isSaidByNotice({ kind }: Problem): boolean {
  return kind === 'gone' && !isServerReachable.value
}
