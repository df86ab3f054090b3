import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { EarlierTextsDocument } from '../api/operations.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useProblem } from '../parts/use-problem.js'
import { readableText } from '../parts/readable-text.js'
import { formatMoment } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { LongText } from './long-text.js'

/** The texts that a message had before it was edited, oldest first; nothing where none is known, or none may be seen. */
export function EarlierTexts({ id }: { id: string }): JSX.Element | null {
  // Apart, since all versions of a long text may be more than one answer can hold.
  const [{ data, error }, repeat] = useQuery({ query: EarlierTextsDocument, variables: { id } })
  const problem = useProblem(error)
  const history = data?.message?.textHistory
  if (history === undefined && problem !== null)
    return (
      <section>
        <h3>{texts.message.earlierTexts}</h3>
        <ProblemNote problem={problem} retry={() => repeat({ requestPolicy: 'network-only' })} />
      </section>
    )
  if (history === undefined || history.length === 0) return null
  return (
    <section>
      <h3>{texts.message.earlierTexts}</h3>
      <ol class="earlier-texts">
        {history.map(({ text, replacedAt }) => (
          <li key={replacedAt}>
            <time class="muted small" dateTime={replacedAt}>
              {texts.message.edited(formatMoment(replacedAt))}
            </time>
            {text === null ? (
              <p class="muted">{texts.message.noEarlierText}</p>
            ) : (
              <LongText text={readableText(text)} />
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
