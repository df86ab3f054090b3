import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizeText } from '../../src/index.js'

test.each([
  ['Your code:&nbsp;<b>1234</b><br>Thanks', 'Your code: 1234 Thanks'],
  ['<p>Hello</p><p>Olé</p>', 'Hello Olé'],
  ['Ваш код: <b>999820</b>.', 'Ваш код: 999820.'],
  ['<a href="https://example.com/?a=1&amp;b=2" target=_blank>Track</a> it', 'Track it'],
  ['<DIV CLASS="x">Hi<BR/>there</DIV>', 'Hi there'],
  ['a<!-- <b>no</b> -->b<style>p{}</style>c<script>x<1</script>', 'abc'],
  ['I &lt;3 you &amp; &eacute;', 'I <3 you & é'],
  ['I <3 you, a < b, b > a', 'I <3 you, a < b, b > a'],
  ['Dear <name>, write to <someone@example.com> or <https://example.com>', null],
  ['e\u0301', '\u00E9'],
  [' \t\r\n\u00A0a \u2003 b\u200B\uFEFF ', 'a b'],
  ['👩‍👩‍👧 stays', null],
  ['&unknown; & &amp;amp;', '&unknown; & &'],
  ['&lt;b&gt;Hi&lt;/b&gt; Tom', 'Hi Tom'],
  ["'=SUM(A1) and;'-1", '=SUM(A1) and;-1'],
  ["'+14155552671", '+14155552671'],
  ["<p>' =1</p>", '=1'],
  ["It's 'quoted', isn't it", null],
  ['<script>never closed', '<script>never closed'],
  ['', ''],
])('%j is compared as %j', (text, expected) => {
  expect(normalizeText(text)).toBe(expected ?? text)
})

test('the form without markup has no white space to fold and nothing to compose', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const once = normalizeText(text)
      expect(once).toBe(once.normalize('NFC').trim())
      expect(once).not.toMatch(/\s{2}|[\n\t]/)
    }),
    { seed: 1 },
  )
})

test('comparing what was compared changes nothing', () => {
  const part = fc.constantFrom(
    '<b>',
    '</b>',
    '<',
    '>',
    '&',
    'amp;',
    'lt;',
    'a',
    ' ',
    '<br',
    '/>',
    '<!--',
    '-->',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const once = normalizeText(parts.join(''))
      expect(normalizeText(once)).toBe(once)
    }),
    { seed: 1, numRuns: 2000 },
  )
})

// Quadratic time would be hours.
test.each(['<!--', '<script>', '<p ', '<style ', '&lt', ' \n', '<', '<b', '<a href="'])(
  'ends with a text of a million characters of %j',
  (part) => {
    expect(normalizeText(part.repeat(1_000_000 / part.length)).length).toBeLessThanOrEqual(1_000_000)
  },
)
