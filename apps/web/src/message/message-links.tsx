import type { JSX } from 'preact'
import { follow, hrefOf } from '../address/address.js'
import type { CandidateMessageFragment } from '../api/operations.js'
import { describeFailure } from '../parts/failure.js'
import { shortText } from '../parts/short-text.js'
import { formatMoment } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { ContactName, StatusMark } from './marks.js'
import './message-links.css'

/** Messages of any list, each a link to the message. */
export function MessageLinks({
  messages,
  noteOf = () => '',
}: {
  readonly messages: readonly CandidateMessageFragment[]
  /** What is to be said about a message; empty: nothing. */
  readonly noteOf?: (message: CandidateMessageFragment) => string
}): JSX.Element {
  return (
    <ul class="message-links">
      {messages.map((message) => {
        const { id, sentAt, status, text, type, source, upstreamId, failure } = message
        const reason = status === 'FAILED' ? describeFailure(failure) : null
        const note = noteOf(message)
        return (
          <li key={id}>
            <a href={hrefOf({ message: id })} onClick={(event) => follow(event, { message: id })}>
              <span>
                <time dateTime={sentAt}>{formatMoment(sentAt)}</time> <ContactName message={message} />{' '}
                <StatusMark status={status} />
              </span>
              {reason !== null && <bdi class="reason">{shortText(reason)}</bdi>}
              {note !== '' && <strong>{note}</strong>}
              <span class="body" dir="auto">
                {text === null ? (type === null ? '' : texts.words.type[type]) : shortText(text)}
              </span>
              <span class="muted">
                {source.label} · {upstreamId.slice(0, 80)}
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}
