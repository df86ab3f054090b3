/**
 * Which part of a search term can be sent upstream.
 *
 * WA.cr documents `search` as a "partial match within the message text" without a word on letter case, wildcards or
 * collation. Here a search is a part of the text in the form of `searchForm`, and the engine checks every row again. So what
 * is sent may find too much, never too little: it has to be a part of the term that the upstream finds in every text in
 * which the whole term is found here. The assumptions are that the upstream runs `LIKE '%term%'`, as Laravel
 * applications do, and that it takes at least A–Z and a–z for the same, as MySQL's and SQLite's `LIKE` do.
 *
 * What follows from that:
 *
 * - Printable ASCII is sent. `searchForm` never crosses between ASCII and the rest of Unicode, so a text that is found
 *   here for such a run holds that very run, but for A–Z and a–z. Other equalities of a collation, and accents that it
 *   overlooks, only make it find more.
 * - A letter that an accent follows is not sent: the text may have both as one character, in which no such letter is.
 * - Beyond ASCII nothing is certain: É and é differ in SQLite, and MySQL's collations differ in what they know of Unicode.
 * - `%` and `_` are either escaped, and then are what they are here, or wildcards, which also match themselves. Sent.
 * - `\` may be the escape character, which would swallow the character behind it, and `[` opens a set of characters on
 *   SQL Server. Not sent.
 * - Laravel trims parameters and makes empty ones null (TrimStrings, ConvertEmptyStringsToNull). So the run is trimmed
 *   here already, what is reported is what was searched for, and nothing is sent when nothing is left.
 * - Addresses have a limit. A part of a safe run is safe as well, so a long one is cut.
 *
 * Where nothing is left, the search is not sent and every row that the filter selects is read.
 */

/** Printable ASCII without `[` and `\`, and without a letter that an accent follows. */
const SAFE_RUN = /[\x20-\x5A\x5D-\x7E]+(?!\p{M})/gu
const MAX_LENGTH = 200

/** The longest part of a search term that can be sent upstream; null if no part can. */
export function safeSearch(term: string): string | null {
  const runs = Array.from(term.matchAll(SAFE_RUN), ([run]) => run.trim().slice(0, MAX_LENGTH).trimEnd())
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  return longest === '' ? null : longest
}
