import type { CombinedError } from '@urql/core'
import type { JSX } from 'preact'
import { ProblemNote } from '../parts/problem-note.js'
import { useProblem } from '../parts/use-problem.js'

/** Why messages beside an entry cannot be shown; the page asks for them again. */
export function QueryProblem({
  error,
  repeat,
}: {
  readonly error: CombinedError
  readonly repeat: (options: { requestPolicy: 'network-only' }) => void
}): JSX.Element | null {
  const problem = useProblem(error)
  if (problem === null) return null
  return <ProblemNote problem={problem} retry={() => repeat({ requestPolicy: 'network-only' })} />
}
