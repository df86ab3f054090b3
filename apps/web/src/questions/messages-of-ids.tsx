import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { CandidatesDocument } from '../api/operations.js'
import { MessageLinks } from '../message/message-links.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useProblem } from '../parts/use-problem.js'
import { questionTexts } from '../texts/questions.js'
import { texts } from '../texts/texts.js'

/** How many messages are shown at first, and added each time. */
const STEP = 20

interface MessagesOfIdsProps {
  /** Global ids, in the order in which they are shown. */
  readonly ids: readonly string[]
  /** What is to be said about a message; empty: nothing. */
  readonly noteOf?: (id: string) => string
}

/** The messages of many ids, some at a time. */
export function MessagesOfIds({ ids, noteOf }: MessagesOfIdsProps): JSX.Element {
  const [shown, setShown] = useState(STEP)
  const steps = Array.from({ length: Math.ceil(Math.min(shown, ids.length) / STEP) }, (_, index) =>
    ids.slice(index * STEP, (index + 1) * STEP),
  )
  return (
    <>
      {steps.map((step) => (
        <Step key={step[0]} ids={step} {...(noteOf !== undefined && { noteOf })} />
      ))}
      {shown < ids.length && (
        <button type="button" onClick={() => setShown(shown + STEP)}>
          {questionTexts.more}
        </button>
      )}
    </>
  )
}

function Step({ ids, noteOf = () => '' }: MessagesOfIdsProps): JSX.Element {
  const [{ data, error }, repeat] = useQuery({ query: CandidatesDocument, variables: { ids } })
  const problem = useProblem(error)
  if (data === undefined && problem !== null)
    return <ProblemNote problem={problem} retry={() => repeat({ requestPolicy: 'network-only' })} />
  if (data === undefined) return <p role="status">{texts.list.loading}</p>
  const messages = data.nodes.filter((node) => node?.__typename === 'Message')
  return <MessageLinks messages={messages} noteOf={({ id }) => noteOf(id)} />
}
