/** More than any row can show. */
const LONGEST = 400

const TAGS = /<\/?[a-z][^<>]{0,200}>/gi

/**
 * A message's text in one line, for a row. Templates are HTML; only their words are shown here. It is shown as text, whatever is in
 * it: this is not what makes it harmless.
 */
export function shortText(text: string): string {
  return text
    .slice(0, LONGEST * 3)
    .replaceAll(TAGS, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)
}
