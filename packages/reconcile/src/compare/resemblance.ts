import type { ResemblingField } from '../finding.js'
import type { ComparedEntry, ComparedMessage } from './compared.js'
import { holdsReference } from './references.js'

/** What an entry and a message have in common, and what not. */
export interface Resemblance {
  /** How many of number and text are equal: one or both. */
  readonly equal: number
  /** The fields that both have, with different values. */
  readonly differs: readonly ResemblingField[]
}

/**
 * How far an entry resembles a message, for people who look for its message: a digit of a number may be wrong, or a text may
 * have been changed on its way.
 *
 * @returns null where neither number nor text are equal.
 */
export function resemblance(entry: ComparedEntry, message: ComparedMessage): Resemblance | null {
  const isNumber = entry.to !== null && entry.to === message.to
  const isText = entry.text !== null && [message.text, ...message.pastTexts].includes(entry.text)
  if (!isNumber && !isText) return null
  const { reference } = entry
  const lacksReference =
    reference !== null && message.rawValues.length > 0 && !holdsReference(message.rawValues, reference)
  return {
    equal: Number(isNumber) + Number(isText),
    differs: [
      ...(differ(entry.id, message.upstreamId) ? (['id'] as const) : []),
      ...(differ(entry.whatsappId, message.whatsappId) ? (['whatsappId'] as const) : []),
      ...(lacksReference ? (['reference'] as const) : []),
      ...(!isNumber && differ(entry.to, message.to) ? (['to'] as const) : []),
      ...(!isText && differ(entry.text, message.text) ? (['text'] as const) : []),
    ],
  }
}

function differ(ours: string | null, theirs: string | null): boolean {
  return ours !== null && theirs !== null && ours !== theirs
}
