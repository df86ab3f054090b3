import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { view } from '../address/address.js'
import { FoundByIdDocument } from '../api/operations.js'
import { describeProblem } from '../api/problem.js'
import { texts } from '../texts/texts.js'
import { entriesOf, TOP } from './entries.js'
import { ProblemNote } from './problem-note.js'
import { Row } from './row.js'

/** The messages that have an id: the one of the API, or that of any upstream. */
export function FoundById({ id }: { id: string }): JSX.Element {
  const [{ data, error, fetching }, repeat] = useQuery({ query: FoundByIdDocument, variables: { id } })
  const found = [data?.message ?? null, ...(data?.messagesByUpstreamId ?? [])].filter((one) => one !== null)
  return (
    <section class="list" aria-label={texts.list.title}>
      {/* An upstream's id is not an id of the API: the answer has an error beside its data. */}
      {error !== undefined && data === undefined && (
        <ProblemNote
          problem={describeProblem(error)}
          retry={() => repeat({ requestPolicy: 'network-only' })}
        />
      )}
      <div class="rows" id="messages" tabIndex={-1}>
        <ul class="found">
          {entriesOf(found, [], TOP, true).entries.map((entry, index) => (
            <li key={index}>
              <Row
                entry={entry}
                isOpen={entry.kind === 'message' && entry.message.id === view.value.message}
                tabIndex={0}
              />
            </li>
          ))}
        </ul>
        {!fetching && data !== undefined && found.length === 0 && (
          <p class="empty" role="status">
            {texts.list.noSuchId}
          </p>
        )}
      </div>
    </section>
  )
}
