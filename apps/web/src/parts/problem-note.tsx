import type { JSX } from 'preact'
import type { Problem } from '../api/problem.js'
import { ProblemText, titleWhileRetried } from './problem-text.js'
import { texts } from '../texts/texts.js'
import { isSaidByNotice, useRetry } from './use-retry.js'

export interface ProblemNoteProps {
  readonly problem: Problem
  readonly retry: () => void
  /** What the page calls the problem. Default: what it knows of the server's code. */
  readonly title?: string
  /** Whether the notices of the page are in sight: then that of an absent server is not repeated. Default: no. */
  readonly isBelowNotices?: boolean
}

/** What went wrong, and how to go on. */
export function ProblemNote({
  problem,
  retry,
  title = titleWhileRetried(problem),
  isBelowNotices = false,
}: ProblemNoteProps): JSX.Element | null {
  const { kind } = problem
  useRetry(problem, retry)
  if (isBelowNotices && isSaidByNotice(problem)) return null
  return (
    <div class="banner bad" role="alert">
      <div>
        <ProblemText problem={problem} title={title} />
      </div>
      {kind !== 'input' && kind !== 'forbidden' && (
        <button type="button" onClick={retry}>
          {texts.problems.retry}
        </button>
      )}
    </div>
  )
}
