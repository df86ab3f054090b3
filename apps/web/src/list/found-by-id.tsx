import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { hrefOf, view } from '../address/address.js'
import {
  FoundByIdDocument,
  FoundByWhatsappIdDocument,
  type ListedMessageFragment,
} from '../api/operations.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useProblem } from '../parts/use-problem.js'
import { isWhatsappId } from '../search/search-kind.js'
import { texts } from '../texts/texts.js'
import { entriesOf, TOP } from './entries.js'
import { Row } from './row.js'

/** The messages that have an id: WhatsApp's, the one of the API, or that of any upstream. */
export function FoundById({ id }: { readonly id: string }): JSX.Element {
  return isWhatsappId(id) ? <ByWhatsappId id={id} /> : <ByOtherId id={id} />
}

function ByOtherId({ id }: { readonly id: string }): JSX.Element {
  const [{ data, error }, repeat] = useQuery({ query: FoundByIdDocument, variables: { id } })
  const messages = data && [data.message ?? null, ...(data.messagesByUpstreamId ?? [])]
  return (
    <Found
      messages={messages?.filter((one) => one !== null)}
      // An upstream's id is not an id of the API: the answer has an error beside its data.
      error={data === undefined ? error : undefined}
      none={texts.list.noSuchId}
      retry={() => repeat({ requestPolicy: 'network-only' })}
    />
  )
}

function ByWhatsappId({ id }: { readonly id: string }): JSX.Element {
  const [{ data, error }, repeat] = useQuery({ query: FoundByWhatsappIdDocument, variables: { id } })
  const live = data?.sources.filter(({ read }) => read === 'LIVE').map(({ label }) => label) ?? []
  return (
    <Found
      messages={data?.messagesByWhatsappId}
      error={error}
      none={texts.list.noSuchWhatsappId(live.join(', '))}
      retry={() => repeat({ requestPolicy: 'network-only' })}
    />
  )
}

interface FoundProps {
  /** Undefined before they are there. */
  readonly messages: readonly ListedMessageFragment[] | undefined
  readonly error: Parameters<typeof useProblem>[0]
  /** The text where no message is found. */
  readonly none: string
  readonly retry: () => void
}

function Found({ messages, error, none, retry }: FoundProps): JSX.Element {
  const problem = useProblem(error)
  return (
    <section class="list" aria-label={texts.list.title}>
      {problem !== null && <ProblemNote problem={problem} retry={retry} isBelowNotices />}
      <div class="rows" id="messages" tabIndex={-1}>
        <ul class="found">
          {entriesOf(messages ?? [], [], TOP, true).entries.map((entry, index) => (
            <li key={index}>
              <Row
                entry={entry}
                href={entry.kind === 'message' ? hrefOf({ message: entry.message.id }) : ''}
                isOpen={entry.kind === 'message' && entry.message.id === view.value.message}
                tabIndex={0}
              />
            </li>
          ))}
        </ul>
        {messages?.length === 0 && (
          <p class="empty" role="status">
            {none}
          </p>
        )}
      </div>
    </section>
  )
}
