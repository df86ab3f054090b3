import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Problem } from '../api/problem.js'
import { ProblemText } from '../parts/problem-text.js'
import { texts } from '../texts/texts.js'

/** After how long the page tries again by itself, in seconds. */
const PAUSE_SECONDS = 5

/** What went wrong, and how to go on. */
export function ProblemNote({ problem, retry }: { problem: Problem; retry: () => void }): JSX.Element {
  const { kind, retryAfterSeconds } = problem
  useEffect(() => {
    if (kind !== 'gone' && kind !== 'busy') return undefined
    const timer = setTimeout(retry, (retryAfterSeconds ?? PAUSE_SECONDS) * 1000)
    return () => clearTimeout(timer)
  }, [problem])
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
