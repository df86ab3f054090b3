/**
 * Which part of a search term can be sent upstream.
 *
 * WA.cr documents `search` as a "partial match within the message text" and says nothing of letter case, wildcards or
 * collation. Here a search is a substring of the text under `foldCase`, and the engine checks every row again. So what
 * is sent may find too much, never too little: it has to be a part of the term that the upstream finds in every text in
 * which the whole term is found here. The assumptions are that the upstream runs `LIKE '%term%'`, as Laravel
 * applications do, and that it takes at least A–Z and a–z for the same, as MySQL's and SQLite's `LIKE` do.
 *
 * What follows from that:
 *
 * - Beyond ASCII nothing is sure: SQLite tells É from é, and a text may hold a letter composed where the term has it
 *   decomposed. So only a run of printable ASCII is sent.
 * - `%` and `_` are either escaped, and then are what they are here, or wildcards, which also match themselves. Sent.
 * - `\` may be the escape character, which would swallow the character behind it, and `[` opens a set of characters on
 *   SQL Server. Not sent.
 * - Some characters beyond ASCII fold to ASCII ones: `ß` to `ss`, the Kelvin sign to `k`, `ſ` to `s`, `ı` to `i`, the
 *   ligature `ﬂ` to `fl`. A text that holds one is found here and, letter by letter, not by SQLite; nor is `ß` by
 *   MySQL's `LIKE`. So no character is sent that such a folding could stand for where it stands in the term: `s`, `k`
 *   and `i` anywhere, `fl` as a whole, a `t` after an `s`, and at either end of the term what half a ligature gives.
 * - Laravel trims parameters and makes empty ones null (TrimStrings, ConvertEmptyStringsToNull). So the run is trimmed
 *   here already, what is reported is what was searched for, and nothing is sent when nothing is left.
 * - Addresses have a limit. A part of a safe run is safe as well, so a long one is cut.
 *
 * Where nothing is left, the search is not sent and every row that the filter selects is read.
 */
import { foldCase } from '@waybill/core'

/** Every character beyond ASCII whose folded form holds an ASCII one; a test goes through all of Unicode for it. */
export const FOLDED_TO_ASCII =
  '\u00DF\u0130\u0131\u0149\u017F\u01F0\u1E96\u1E97\u1E98\u1E99\u1E9A\u1E9E\u212A\uFB00\uFB01\uFB02\uFB03\uFB04\uFB05\uFB06'

const FOLDINGS: readonly string[] = [...new Set(Array.from(FOLDED_TO_ASCII, foldCase))]
const SENDABLE = /^[\x20-\x7E]$/
const UNSENDABLE = new Set(['\\', '['])
const MAX_LENGTH = 200

/** The longest part of a search term that can be sent upstream; null where there is none. */
export function safeSearch(term: string): string | null {
  const runs = safeRuns(term).map((run) => run.slice(0, MAX_LENGTH).trim())
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  return longest === '' ? null : longest
}

function safeRuns(term: string): string[] {
  const { folded, origins } = foldWithOrigins(term)
  const ambiguous = ambiguousPositions(folded)
  let run = ''
  const runs: string[] = []
  for (const [position, origin] of origins.entries()) {
    if (!ambiguous.has(position) && SENDABLE.test(origin) && !UNSENDABLE.has(origin)) {
      run += origin
    } else {
      runs.push(run)
      run = ''
    }
  }
  return [...runs, run]
}

/** The folded term, with the character of the term that each of its code units comes from. */
function foldWithOrigins(term: string): { folded: string; origins: string[] } {
  const origins: string[] = []
  let folded = ''
  for (const character of term) {
    const form = foldCase(character)
    folded += form
    for (let unit = 0; unit < form.length; unit += 1) origins.push(character)
  }
  return { folded, origins }
}

/** Where in a folded term a text may have a character beyond ASCII that folds to what stands there. */
function ambiguousPositions(folded: string): Set<number> {
  const positions = new Set<number>()
  for (const folding of FOLDINGS) {
    // The text goes on beyond both ends of the term, so a folding may overlap them.
    for (let start = 1 - folding.length; start < folded.length; start += 1) {
      if (!standsAt(folding, start, folded)) continue
      for (let offset = 0; offset < folding.length; offset += 1) positions.add(start + offset)
    }
  }
  return positions
}

function standsAt(folding: string, start: number, folded: string): boolean {
  for (let offset = 0; offset < folding.length; offset += 1) {
    const there = folded[start + offset]
    if (there !== undefined && there !== folding[offset]) return false
  }
  return true
}
