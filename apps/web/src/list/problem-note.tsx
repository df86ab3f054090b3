import type { JSX } from 'preact'
import type { Problem } from '../api/problem.js'
import { ProblemText } from '../parts/problem-text.js'
import { isSaidByNotice, useRetry } from '../parts/use-retry.js'
import { texts } from '../texts/texts.js'

/** What went wrong, and how to go on. */
export function ProblemNote({ problem, retry }: { problem: Problem; retry: () => void }): JSX.Element | null {
  const { kind } = problem
  useRetry(problem, retry)
  if (isSaidByNotice(problem)) return null
  return (
    <div class="banner bad" role="alert">
      <div>
        <ProblemText problem={problem} />
      </div>
      {kind !== 'input' && kind !== 'forbidden' && (
        <button type="button" onClick={retry}>
          {texts.problems.retry}
        </button>
      )}
    </div>
  )
}
