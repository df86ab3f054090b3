import { useSubscription } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type ListedMessageFragment, MessageEventsDocument } from '../api/operations.js'
import type { ListQuery } from '../search/list-query.js'
import { texts } from '../texts/texts.js'
import './live.css'

export interface NewMessagesProps {
  readonly query: ListQuery
  /** When the first message of the list was sent; null where it has none. */
  readonly newestTime: number | null
  /** Reads the list again from its newest message. */
  readonly show: () => void
}

/**
 * Follows what happens to the messages of a query. A change shows in its row by itself; a new message is announced, and only shown
 * when the person wants it, so that no row moves under their eyes.
 */
export function NewMessages({ query, newestTime, show }: NewMessagesProps): JSX.Element | null {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => setIds(new Set()), [query, newestTime])
  const variables = { filter: query.filter }
  useSubscription({ query: MessageEventsDocument, variables }, (_, event) => {
    const { kind, message } = event.messageEvents
    const isNew = kind === 'CREATED' && message !== null && Date.parse(message.sentAt) >= (newestTime ?? 0)
    if (isNew && matches(message, query.search)) setIds((known) => new Set(known).add(message.id))
    return event
  })
  return (
    <div class="new-messages" role="status">
      {ids.size > 0 && (
        <button type="button" class="primary" onClick={show}>
          {texts.live.show(ids.size)}
        </button>
      )}
    </div>
  )
}

// Events have no search; this one only decides what is announced.
function matches({ text }: ListedMessageFragment, search: string | null): boolean {
  return search === null || (text ?? '').toLowerCase().includes(search.toLowerCase())
}
