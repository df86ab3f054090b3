import type { CombinedError } from '@urql/core'
import { useMemo } from 'preact/hooks'
import { describeProblem, type Problem } from '../api/problem.js'

/** The problem with an answer, the same as long as the answer is: `useRetry` waits once for each. */
export function useProblem(error: CombinedError | undefined): Problem | null {
  return useMemo(() => (error === undefined ? null : describeProblem(error)), [error])
}
