import type { JSX } from 'preact'
import type { Problem } from '../api/problem.js'
import { ProblemText } from '../parts/problem-text.js'
import { describeLogProblem } from './log-problem.js'

/** Why the server has refused to compare a log. */
export function ReconcileProblem({ problem }: { readonly problem: Problem }): JSX.Element {
  return (
    <ProblemText
      problem={problem}
      {...(problem.kind === 'input' && { title: describeLogProblem(problem.extensions) })}
    />
  )
}
