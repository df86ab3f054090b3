import type { JSX } from 'preact'
import { follow } from '../address/address.js'
import type { ListedMessageFragment } from '../api/operations.js'
import { ContactName, StatusMark } from '../message/marks.js'
import { formatDay, formatMoment, formatTime } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import type { Entry } from './entries.js'
import { describeFailure } from '../parts/failure.js'
import { shortText } from '../parts/short-text.js'
import { spanInWords } from '../parts/span-in-words.js'

interface LinkProps {
  /**
   * Where a message is opened. Given from above: a row that reads a signal is not rendered again with its list, and then links the
   * list's earlier elements with the later ones, so that all rows which were ever shown stay in memory.
   */
  readonly href: string
  readonly isOpen: boolean
  readonly tabIndex: number
}

/** One row of the list. */
export function Row({ entry, ...link }: { readonly entry: Entry } & LinkProps): JSX.Element {
  switch (entry.kind) {
    case 'message':
      return <MessageRow message={entry.message} {...link} />
    case 'day':
      return <div class="row mark day">{formatDay(entry.at)}</div>
    case 'gap':
      return (
        <div class="row mark gap" tabIndex={-1}>
          {texts.list.gap(entry.source, spanInWords(entry))}
        </div>
      )
    case 'reach':
      return <div class="row mark reach">{texts.list.reach(entry.source, formatMoment(entry.at))}</div>
  }
}

function MessageRow({
  message,
  href,
  isOpen,
  tabIndex,
}: { readonly message: ListedMessageFragment } & LinkProps): JSX.Element {
  const { id, sentAt, direction, status, source } = message
  return (
    <a
      class="row message"
      tabIndex={tabIndex}
      href={href}
      aria-current={isOpen ? 'true' : undefined}
      onClick={(event) => follow(event, { message: id })}
    >
      <time class="time" dateTime={sentAt}>
        {formatTime(sentAt)}
      </time>
      <Direction direction={direction} />
      <ContactName message={message} />
      <StatusMark status={status} />
      <Text message={message} />
      <span class="source">{source.label}</span>
    </a>
  )
}

function Direction({ direction }: { direction: ListedMessageFragment['direction'] }): JSX.Element {
  if (direction === null) return <span class="direction" />
  const word = texts.words.direction[direction]
  return (
    <span class={`direction ${direction.toLowerCase()}`} role="img" aria-label={word} title={word}>
      {direction === 'INBOUND' ? '↓' : '↑'}
    </span>
  )
}

function Text({ message }: { message: ListedMessageFragment }): JSX.Element {
  const { text, type, rawType, failure, status, deletedAt } = message
  const kind =
    type === null || type === 'TEXT'
      ? null
      : type === 'OTHER' && rawType !== null
        ? rawType
        : texts.words.type[type]
  const reason = describeFailure(failure)
  return (
    <span class="text">
      {deletedAt !== null && status !== 'DELETED' && <span class="reason">{texts.list.deleted}</span>}
      {status === 'FAILED' && reason !== null && <bdi class="reason">{shortText(reason)}</bdi>}
      {kind !== null && <bdi class="type">{shortText(kind)}</bdi>}
      {text !== null && (
        <span class="body" dir="auto">
          {shortText(text)}
        </span>
      )}
    </span>
  )
}
