import { describe, expect, it } from 'vitest'
import { readableText } from '../../src/parts/readable-text.js'
import { shortText } from '../../src/parts/short-text.js'

describe('a text that is shown', () => {
  it.each([
    ['35&nbsp;% off &amp; more', '35\u00A0% off & more'],
    ['Your code is <b>999820</b>.', 'Your code is 999820.'],
    ['<p>Hello</p><p>Gr&uuml;&szlig;e &#8364;&#x20AC;</p>', 'Hello\nGrüße €€'],
    ['one<br/>two<BR>three', 'one\ntwo\nthree'],
    ['<a href="https://elsewhere.example/" title=\'x\'>link</a>', 'link'],
  ])('is without tags, and with the characters that are written by name: %s', (text, readable) => {
    expect(readableText(text)).toBe(readable)
  })

  it.each([
    'I <3 you',
    'if a<b then c>d',
    'Dear <name>, <Order Number> is ready',
    '1 < 2 & 3 > 2',
    'AT&T; R&D',
    '&nothing; &#0; &#xD800; &#9999999;',
    '&__proto__; &constructor;',
    '<not closed',
    '  two\n\n lines ',
  ])('stays as it is where it is no HTML: %s', (text) => {
    expect(readableText(text)).toBe(text)
  })

  it('is decoded once', () => {
    expect(readableText('&lt;b&gt; &amp;amp;')).toBe('<b> &amp;')
  })

  it('is one line in a row', () => {
    expect(shortText('<p>35&nbsp;%</p>\n<p><b>off</b></p>')).toBe('35 % off')
  })

  it('is read in little time, however long and hostile it is', () => {
    const began = process.cpuUsage()
    for (const piece of ['<', '<a ', '<a x=1 ', `<a x="`, '&', '&#', '<b>', '</p '])
      readableText(piece.repeat(200_000))
    expect(process.cpuUsage(began).user).toBeLessThan(3_000_000)
  })
})
