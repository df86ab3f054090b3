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

/**
 * Takes letter case out of a text, one code point at a time and never across the border of ASCII.
 *
 * A code point becomes the lower case of its upper case, where that is a single code point on the same side of ASCII
 * as itself; else its own lower case, under the same condition; else it stays. The mappings are the
 * locale-independent ones of the Unicode version that the JavaScript engine has. So `É` gives `é`, all sigmas give `σ`
 * and `ẞ` gives `ß`; but `ß` is not `ss`, `ﬁ` not `fi`, the Kelvin sign no `k`, `ſ` no `s`, and `ı` and `İ` are no `i`.
 * Accents stay, and composed and decomposed letters stay different.
 *
 * An ASCII text is thereby found in just those texts that hold it but for A–Z and a–z, which is what every database's
 * case-insensitive `LIKE` finds at least: an ASCII search can be left to any upstream, and what folds away elsewhere,
 * such as `ß` to `ss` in some collations, can only make the upstream find more.
 *
 * Folding twice changes nothing, and for texts without lone surrogates `foldCase(a) + foldCase(b) === foldCase(a + b)`:
 * a text that contains another contains it folded as well, and an archive may store the folded form.
 *
 * @example foldCase('ÉTÉ Nr. 5') === 'été nr. 5' // true
 */
export function foldCase(text: string): string {
  return text.replaceAll(FOLDABLE, foldCodePoint)
}

/**
 * All that folding changes, and a little more. Most of a text is none of it, and is passed over fast. U+1FBE stands
 * apart because the properties are about decomposed characters, which turns it into the iota that it folds to.
 */
const FOLDABLE = /[\p{Changes_When_Lowercased}\p{Changes_When_Casefolded}\u1FBE]/gu

function foldCodePoint(char: string): string {
  const upper = char.toUpperCase()
  if (isSingle(upper) && canReplace(char, upper.toLowerCase())) return upper.toLowerCase()
  return canReplace(char, char.toLowerCase()) ? char.toLowerCase() : char
}

function canReplace(char: string, folded: string): boolean {
  return isSingle(folded) && isAscii(char) === isAscii(folded)
}

function isSingle(text: string): boolean {
  return text.length === String.fromCodePoint(text.codePointAt(0) ?? 0).length
}

function isAscii(char: string): boolean {
  return char < '\u0080'
}
