import type { JSX } from 'preact'
import type { MessageStatus } from '../api/operations.js'
import { texts } from '../texts/texts.js'

/** A status, as a word with its colour. */
export function StatusMark({ status }: { status: MessageStatus | null }): JSX.Element {
  if (status === null) return <span class="status" />
  return <span class={`status ${status.toLowerCase()}`}>{texts.words.status[status]}</span>
}
