import {
  defineSortSchema,
  parseSort,
  printSort,
  type SortDirection,
  type SortSchema,
} from '../grammar/sort.js'

/** `createdAt`: when the upstream recorded the message. `updatedAt`: when it last changed it. */
export type MessageSortField = 'createdAt' | 'updatedAt'

export interface MessageSort {
  readonly field: MessageSortField
  readonly direction: SortDirection
}

/** The order of messages where nobody asks for another: the newest first. */
export const DEFAULT_MESSAGE_SORT: MessageSort = { field: 'createdAt', direction: 'desc' }

/**
 * Reads one sort criterion: `created_at` or `updated_at`, with `-` before it for descending.
 *
 * @returns the default order for the empty text.
 * @throws ParameterError (BAD_USER_INPUT) listing every mistake.
 *
 * @example parseMessageSort('-created_at') // { field: 'createdAt', direction: 'desc' }
 */
export function parseMessageSort(text: string): MessageSort {
  const [term] = parseSort(SCHEMA, text)
  if (term === undefined) return DEFAULT_MESSAGE_SORT
  return { field: term.field === 'created_at' ? 'createdAt' : 'updatedAt', direction: term.direction }
}

/** Writes a sort as {@link parseMessageSort} reads it: `-created_at`. */
export function printMessageSort({ field, direction }: MessageSort): string {
  return printSort([{ field: field === 'createdAt' ? 'created_at' : 'updated_at', direction }])
}

const SCHEMA: SortSchema<'created_at' | 'updated_at'> = defineSortSchema(['created_at', 'updated_at'], {
  maxTerms: 1,
})
