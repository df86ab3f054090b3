import type { CombinedError } from '@urql/core'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { describeProblem } from '../api/problem.js'
import { ProblemNote } from '../parts/problem-note.js'

/** Why messages beside an entry cannot be shown; the page asks for them again. */
export function QueryProblem({
  error,
  repeat,
}: {
  readonly error: CombinedError
  readonly repeat: (options: { requestPolicy: 'network-only' }) => void
}): JSX.Element {
  const problem = useMemo(() => describeProblem(error), [error])
  return <ProblemNote problem={problem} retry={() => repeat({ requestPolicy: 'network-only' })} />
}
