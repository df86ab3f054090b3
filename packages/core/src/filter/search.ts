/**
 * Whether a message's text holds what is searched for, in the form of {@link searchForm}: letter case aside, and whether
 * a letter and its accent are one character or two. `%` and `_` are ordinary characters.
 *
 * @param text null where the message has none: no search finds it.
 * @param search null or empty: no search, which every message passes.
 */
export function matchesSearch(text: string | null, search: string | null): boolean {
  if (search === null || search === '') return true
  return text !== null && searchForm(text).includes(searchForm(search))
}

/**
 * The form in which texts are searched: letter case taken out ({@link foldCase}), and composed as Unicode's NFC has it,
 * so that `é` is one character whichever way it was sent. Accents count: `e` is no part of `é`.
 *
 * An ASCII text is in it only where that very text stands, but for A–Z and a–z: the three characters outside ASCII that
 * NFC would replace by ASCII (the Kelvin sign, the Greek question mark, the Greek varia) stay as they are. So an ASCII
 * search may be left to any upstream, which finds at least as much, as long as no accent follows its last letter.
 *
 * Its own form stays as it is, so that an archive may store it. But it is not made of the forms of the text's parts, and
 * a text may be a part of another while its form is none: `cafe` of `cafe` and U+0301.
 *
 * @example searchForm('CAFE\u0301') === 'caf\u00E9' // true
 */
export function searchForm(text: string): string {
  // Folding may bring together what composes: `J` and a caron do not, `j` and a caron do.
  return compose(foldCase(compose(text)))
}

function compose(text: string): string {
  return text.replaceAll(COMPOSABLE, (part) => part.normalize('NFC'))
}

/** Everything but ASCII by itself and what would become ASCII. */
const COMPOSABLE = /[^\u037E\u1FEF\u212A]+/gu

/**
 * Takes letter case out of a text, one code point at a time and never across the border of ASCII.
 *
 * A code point becomes the lower case of its upper case, where that is a single code point on the same side of ASCII
 * as itself; else its own lower case, under the same condition; else it stays. The mappings are the
 * locale-independent ones of the Unicode version that the JavaScript engine has. So `É` gives `é`, all sigmas give `σ`
 * and `ẞ` gives `ß`; but `ß` is not `ss`, `ﬁ` not `fi`, the Kelvin sign no `k`, `ſ` no `s`, and `ı` and `İ` are no `i`.
 * Accents stay.
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
