import { readableText } from './readable-text.js'

/** More than any row can show. */
const LONGEST = 400

/** A message's text in one line, for a row. */
export function shortText(text: string): string {
  return readableText(text.slice(0, LONGEST * 3))
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)
}
