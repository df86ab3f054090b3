import type { JSX } from 'preact'
import type { ListedMessageFragment, MessageStatus } from '../api/operations.js'
import { texts } from '../texts/texts.js'

/** The other party of a message, with a mark where it is derived. A number is shown from left to right in any text. */
export function ContactName({ message }: { message: Pick<ListedMessageFragment, 'contact'> }): JSX.Element {
  const { contact } = message
  if (contact === null) return <span class="contact unknown">{texts.list.unknownContact}</span>
  return (
    <span class="contact">
      <bdi dir="ltr">{contact.id.slice(0, 80)}</bdi>
      {contact.basis === 'CONVERSATION' && (
        <span class="derived" role="img" aria-label={texts.list.derived} title={texts.list.derived}>
          ≈
        </span>
      )}
    </span>
  )
}

/** A status, as a word with its colour. */
export function StatusMark({ status }: { status: MessageStatus | null }): JSX.Element {
  if (status === null) return <span class="status" />
  return <span class={`status ${status.toLowerCase()}`}>{texts.words.status[status]}</span>
}
