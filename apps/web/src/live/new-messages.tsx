import type { ReadonlySignal } from '@preact/signals'
import { useSubscription } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type ListedMessageFragment, MessageEventsDocument } from '../api/operations.js'
import { belongsTo, followedFilter, type ListQuery } from '../search/list-query.js'
import { texts } from '../texts/texts.js'
import './live.css'

/** More than these are announced as "more than", so that they fill no memory. */
const MOST_COUNTED = 999

/** What has to be known of the list that is followed. */
export interface FollowedList {
  readonly isAnswered: ReadonlySignal<boolean>
  /** Whether a message would be among the rows of the list, or above them, and is not. */
  lacks(message: Pick<ListedMessageFragment, 'id' | 'sentAt'>): boolean
  /** Shows a message as it is now, where it is among the rows. */
  update(message: ListedMessageFragment): void
}

export interface NewMessagesProps {
  readonly query: ListQuery
  /** Another one: the list was read again. */
  readonly turn: unknown
  readonly list: FollowedList
  /** Reads the list again from its newest message. */
  readonly show: () => void
}

/**
 * Follows what happens to the messages of a query. A change shows in its row by itself. A message that comes into the list is announced,
 * and so is a gap that opens or closes: they are shown when the person wants it, so that no row moves under their eyes.
 */
export function NewMessages({ query, turn, list, show }: NewMessagesProps): JSX.Element | null {
  const [candidates, setCandidates] = useState<Candidates>(new Map())
  const [hasOtherGaps, setOtherGaps] = useState(false)
  useEffect(() => {
    setCandidates(new Map())
    setOtherGaps(false)
  }, [query, turn])
  useSubscription(
    { query: MessageEventsDocument, variables: { filter: followedFilter(query) } },
    (_, event) => {
      const { message } = event.messageEvents
      if (message !== null) list.update(message)
      if (message === null) setOtherGaps(true)
      else if (!belongsTo(query, message)) setCandidates((known) => without(known, message.id))
      else if (!list.isAnswered.value || list.lacks(message))
        setCandidates((known) => withOne(known, message))
      return event
    },
  )
  const count = [...candidates.values()].filter(list.lacks).length
  const text = textOf(count, hasOtherGaps)
  return (
    <div class="new-messages" role="status">
      {text !== null && (
        <button type="button" class="primary" onClick={show}>
          {text}
        </button>
      )}
    </div>
  )
}

type Candidates = ReadonlyMap<string, Pick<ListedMessageFragment, 'id' | 'sentAt'>>

function withOne(known: Candidates, { id, sentAt }: ListedMessageFragment): Candidates {
  return known.size > MOST_COUNTED ? known : new Map(known).set(id, { id, sentAt })
}

function without(known: Candidates, id: string): Candidates {
  return known.has(id) ? new Map([...known].filter(([one]) => one !== id)) : known
}

function textOf(count: number, hasOtherGaps: boolean): string | null {
  if (count > MOST_COUNTED) return texts.live.showMore(MOST_COUNTED)
  if (count > 0) return texts.live.show(count)
  return hasOtherGaps ? texts.live.showGaps : null
}
