/**
 * Takes letter case out of a text: two texts that differ in case only have the same folded form, whatever the language.
 *
 * Every code point is folded by itself: to its lower case, the upper case of that, and the lower case of that again,
 * by the locale-independent mappings of the Unicode version that the JavaScript engine has. So `ß`, `ẞ` and `SS` give
 * `ss`, final and other sigmas give `σ`, the Kelvin sign gives `k`, and dotless `ı` gives `i`; `İ` gives `i` and
 * a combining dot. Accents stay, and composed and decomposed letters stay different.
 *
 * For texts without lone surrogates `foldCase(a) + foldCase(b) === foldCase(a + b)`, and folding twice changes nothing:
 * a text that contains another contains it folded as well, and an archive may store the folded form.
 *
 * @example foldCase('STRASSE') === foldCase('Straße') // true
 */
export function foldCase(text: string): string {
  // Whole strings are several times as fast as code points. The one mapping that looks at neighbours is the lower case
  // of sigma at a word's end, which the last step takes back.
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
