import { spanOf } from '../address/time-choice.js'
import type { View } from '../address/view.js'
import type { MessageFilter } from '../api/operations.js'
import { meaningOf, withoutFormatting } from './search-kind.js'

/** What is requested of the API for a view: the arguments of `messages`, of `messageCounts` and of a download. */
export interface ListQuery {
  readonly filter: MessageFilter
  readonly search: string | null
}

/**
 * The query of a view. The id of a message is no clause of a filter: see `idOf`.
 *
 * @param now the time now, in milliseconds: where "today" begins
 */
export function queryOf(view: View, now: number): ListQuery {
  const line = withoutFormatting(view.search).trim()
  const meaning = line === '' ? null : meaningOf(line, view.searchAs)
  const { from, to } = spanOf(view.time, now)
  const isBounded = from !== null || to !== null
  return {
    filter: {
      ...(view.status.length > 0 && { status: { in: view.status } }),
      ...(view.direction !== null && { direction: { eq: view.direction } }),
      ...(view.type.length > 0 && { type: { in: view.type } }),
      ...(view.source.length > 0 && { source: { in: view.source } }),
      ...(meaning === 'conversation' && { interactionId: { eq: line } }),
      ...(meaning === 'number' && { contact: { eq: line } }),
      ...(isBounded && {
        sentAt: {
          ...(from !== null && { gte: from.toISOString() }),
          ...(to !== null && { lt: to.toISOString() }),
        },
      }),
    },
    search: meaning === 'text' ? line : null,
  }
}

/** The id of a message that is searched for; null where something else is. */
export function idOf({ search, searchAs }: View): string | null {
  const line = withoutFormatting(search).trim()
  return line !== '' && meaningOf(line, searchAs) === 'id' ? line : null
}
