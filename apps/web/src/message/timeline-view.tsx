import type { JSX } from 'preact'
import { formatMoment } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { StatusMark } from './marks.js'
import { type Detail, type OpenMessage, timelineOf } from './timeline.js'

/** The way of a message: each status with the time that the source tells, and when it was seen. */
export function Timeline({ message, detail }: { message: OpenMessage; detail: Detail | null }): JSX.Element {
  const isArchived = message.source.read === 'ARCHIVE'
  const steps = timelineOf(message, detail)
  const isAhead = steps.some(
    ({ at, seenAt }) => seenAt !== null && Date.parse(at ?? message.sentAt) > Date.parse(seenAt),
  )
  return (
    <>
      <ol class="timeline">
        {steps.map(({ status, at, seenAt }) => (
          <li key={`${status} ${seenAt}`}>
            <StatusMark status={status} />
            <span>
              {at !== null && <time dateTime={at}>{formatMoment(at)}</time>}
              {seenAt !== null && <span class="muted"> {texts.message.seen(formatMoment(seenAt))}</span>}
            </span>
          </li>
        ))}
      </ol>
      <p class="muted small">{isArchived ? texts.message.seenExplain : texts.message.noArchive}</p>
      {isAhead && <p class="muted small">{texts.message.otherClock}</p>}
    </>
  )
}
