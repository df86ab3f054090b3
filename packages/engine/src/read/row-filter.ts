import { matchesFilter, matchesSearch, type Message, type MessageDirection } from '@waybill/core'
import type { Stream } from './stream-reader.js'

/** The row as the stream's filter completes it, or null when it does not match what is checked here. */
export function completeAndCheck({ plan, stream, reading }: Stream, row: Message): Message | null {
  const message = stream.label === null ? row : { ...row, direction: stream.label.value as MessageDirection }
  const { from, to } = plan.bounds
  if (message.sentAt < from || message.sentAt > to) return null
  if (!matchesSearch(message.text, plan.localSearch)) return null
  return matchesFilter(plan.local, message, reading.source.id) ? message : null
}
