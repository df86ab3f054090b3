import type { JSX } from 'preact'
import { texts } from '../texts/texts.js'
import type { Detail, OpenMessage } from './timeline.js'

/** Longer values are cut: all of them are in the raw object. */
const LONGEST = 300

/** The fields of a message that have a value. */
export function Fields({ message, detail }: { message: OpenMessage; detail: Detail | null }): JSX.Element {
  const names = texts.message.fields
  const { source, type, rawType, rawStatus, status, upstreamId, whatsappId, interactionId } = message
  const { from, to, contact, failure, id } = message
  const rows: readonly (readonly [name: string, value: string | null | undefined])[] = [
    [names.source, source.label],
    [names.contact, contact === null ? texts.message.noContact : contactText(contact)],
    [names.from, from],
    [names.to, to],
    [
      names.type,
      type === null ? null : `${texts.words.type[type]}${rawType === null ? '' : ` (${rawType})`}`,
    ],
    [names.rawStatus, status === 'UNKNOWN' ? rawStatus : null],
    [names.statusMessage, detail?.statusMessage === failure?.reason ? null : detail?.statusMessage],
    [names.replyToId, detail?.replyToId],
    [names.mediaUrl, detail?.mediaUrl],
    [names.staffId, detail?.staffId],
    [names.upstreamId, upstreamId],
    [names.whatsappId, whatsappId],
    [names.interactionId, interactionId],
    [names.id, id],
  ]
  return (
    <dl class="fields">
      {rows.map(([name, value]) =>
        value === null || value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value.slice(0, LONGEST)}</bdi>
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}

function contactText({ id, basis }: NonNullable<OpenMessage['contact']>): string {
  return basis === 'CONVERSATION' ? `${id} (${texts.list.derived})` : id
}
