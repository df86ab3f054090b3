/**
 * Which letters a search takes for the same. `ascii`: A–Z and a–z only. `unicode`: upper and lower case of any script.
 * `unicode-ai`: also letters that differ in their accents only, as the usual MySQL collations do.
 */
export type SearchCollation = 'ascii' | 'unicode' | 'unicode-ai'

export interface LikeOptions {
  readonly collation: SearchCollation
  /** Whether `%`, `_` and `\` of the term are escaped, or act as SQL's wildcards and escape. */
  readonly escape: boolean
}

/** Makes the condition `text LIKE '%term%'`. Null meets it never. */
export function like(term: string, { collation, escape }: LikeOptions): (text: string | null) => boolean {
  const fold = FOLDS[collation]
  const folded = fold(term)
  if (escape) return (text) => text !== null && fold(text).includes(folded)
  const pattern = new RegExp(wildcardSource(folded), 'su')
  return (text) => text !== null && pattern.test(fold(text))
}

const FOLDS: Readonly<Record<SearchCollation, (text: string) => string>> = {
  ascii: (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  unicode: (text) => text.toLowerCase(),
  'unicode-ai': (text) =>
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}+/gu, ''),
}

function wildcardSource(term: string): string {
  return term.replace(/\\?[^]/gu, (token) => {
    if (token === '%') return '.*'
    if (token === '_') return '.'
    const literal = token.length > 1 && token.startsWith('\\') ? token.slice(1) : token
    return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  })
}
