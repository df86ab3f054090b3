import { foldCase } from './fold-case.js'

/**
 * Whether a message's text holds what is searched for, letter case aside (see {@link foldCase}).
 * `%` and `_` are ordinary characters.
 *
 * @param text null where the message has none: no search finds it.
 * @param search null or empty: no search, which every message passes.
 */
export function matchesSearch(text: string | null, search: string | null): boolean {
  if (search === null || search === '') return true
  return text !== null && foldCase(text).includes(foldCase(search))
}
