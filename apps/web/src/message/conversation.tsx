import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { follow, hrefOf } from '../address/address.js'
import { EVERYTHING, type View } from '../address/view.js'
import { ConversationAroundDocument, type MessageFilter } from '../api/operations.js'
import { ProblemNote } from '../parts/problem-note.js'
import { useProblem } from '../parts/use-problem.js'
import { shortText } from '../parts/short-text.js'
import { formatMoment } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { StatusMark } from './marks.js'
import type { OpenMessage } from './timeline.js'

/** How many messages before and after it are shown, itself included. */
const COUNT = 6

/** The messages with the same person before and after this one, oldest first. */
export function Conversation({ message }: { message: OpenMessage }): JSX.Element | null {
  const filter = filterOf(message)
  const [{ data, error }, repeat] = useQuery({
    query: ConversationAroundDocument,
    pause: filter === null,
    variables: {
      before: { ...filter, sentAt: { lte: message.sentAt } },
      after: { ...filter, sentAt: { gte: message.sentAt } },
      count: COUNT,
    },
  })
  const problem = useProblem(error)
  if (filter === null) return null
  if (data === undefined && problem !== null)
    return (
      <section>
        <h3>{texts.message.conversation}</h3>
        <ProblemNote problem={problem} retry={() => repeat({ requestPolicy: 'network-only' })} />
      </section>
    )
  if (data === undefined) return null
  const around = [...data.before.nodes.toReversed(), ...data.after.nodes]
  const messages = [...new Map(around.map((one) => [one.id, one])).values()]
  return (
    <section>
      <h3>{texts.message.conversation}</h3>
      {messages.length <= 1 && <p class="muted">{texts.message.alone}</p>}
      <ol class="conversation">
        {messages.map(({ id, direction, sentAt, status, text, type }) => (
          <li key={id} class={direction?.toLowerCase()}>
            <a
              href={hrefOf({ message: id })}
              aria-current={id === message.id ? 'true' : undefined}
              onClick={(event) => follow(event, { message: id })}
            >
              <span class="body" dir="auto">
                {text === null ? (type === null ? '' : texts.words.type[type]) : shortText(text)}
              </span>
              <span class="small muted">
                {formatMoment(sentAt)} <StatusMark status={status} />
              </span>
            </a>
          </li>
        ))}
      </ol>
      <Whole message={message} />
    </section>
  )
}

/** Leads to all messages of the conversation, in the list. */
function Whole({ message: { interactionId, contact, id } }: { message: OpenMessage }): JSX.Element | null {
  const search = interactionId ?? contact?.id
  if (search === undefined) return null
  const searchAs = interactionId === null ? 'number' : 'conversation'
  const change: Partial<View> = { ...EVERYTHING, search, searchAs, message: id }
  return (
    <p>
      <a href={hrefOf(change)} onClick={(event) => follow(event, change)}>
        {texts.message.wholeConversation}
      </a>
    </p>
  )
}

/** What the messages of a conversation have in common; null where it is not known. */
function filterOf({ source, interactionId, contact }: OpenMessage): MessageFilter | null {
  const common = { source: { eq: source.key } }
  if (interactionId !== null) return { ...common, interactionId: { eq: interactionId } }
  if (contact === null || contact.id.startsWith('…')) return null
  return { ...common, contact: { eq: contact.id } }
}
