import fc from 'fast-check'

/** What a text may hold that a database, an index or a pattern may take for something else. */
const PARTS = [
  ['\0', '\uD83D', '\uDE00', '😀', '𐐀', '𐐨', '\uF800', '\uF83F', '\uF840', '\uF87F', '\uE000', '\uFFFF'],
  [
    '%',
    '_',
    '\\',
    "'",
    '"',
    '""',
    '*',
    '^',
    '-',
    '(',
    ')',
    ' ',
    '\n',
    ' AND ',
    'NEAR',
    '$1',
    '?',
    '[',
    '{',
    ',',
  ],
  [
    'a',
    'A',
    'b',
    'ab',
    'Abc',
    'order',
    'ORDER',
    '7',
    '4711',
    'é',
    'É',
    'e\u0301',
    'E',
    '\u0301',
    '\u030C',
    'J',
    'ǰ',
    'ß',
    'ẞ',
    'ss',
    'İ',
    'ı',
  ],
  ['\u212A', 'k', 'привет', 'ПРИВЕТ', 'طلب', '订单', 'σ', 'ς', 'Σ', 'ﬁ'],
].flat()

/** Texts in which a search finds something now and then. */
export const texts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PARTS), { maxLength: 8 })
  .map((parts) => parts.join(''))

/** A part of one of these texts, cut anywhere, or a text of its own. */
export function searchesIn(haystacks: readonly string[]): fc.Arbitrary<string> {
  const cut = fc
    .tuple(fc.constantFrom(...haystacks), fc.nat(), fc.integer({ min: 1, max: 9 }))
    .map(([text, start, length]) => {
      const from = text.length === 0 ? 0 : start % text.length
      return text.slice(from, from + length)
    })
  return fc.oneof({ arbitrary: cut, weight: 3 }, { arbitrary: texts, weight: 1 })
}
