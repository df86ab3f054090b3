import type { JSX } from 'preact'
import type { Problem } from '../api/problem.js'
import { ProblemText, titleOf } from '../parts/problem-text.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { EncodingChoice } from './encoding-choice.js'
import { describeLogProblem } from './log-problem.js'

/** Why the server has refused to compare a log, and what to do. */
export function ReconcileProblem({
  problem,
  file,
}: {
  readonly problem: Problem
  readonly file: File
}): JSX.Element {
  return (
    <div class="banner bad" role="alert">
      <ProblemText problem={problem} title={describe(problem)} />
      {problem.extensions?.['fault'] === 'ENCODING' && <EncodingChoice file={file} />}
    </div>
  )
}

function describe(problem: Problem): string {
  switch (problem.kind) {
    case 'input':
      return describeLogProblem(problem.extensions, reconcileTexts.notCompared)
    case 'forbidden':
      return describeLogProblem({ fault: 'CONTENT' })
    case 'expensive':
      return describeLogProblem({ fault: 'TOO_LARGE' })
    default:
      return titleOf(problem)
  }
}
