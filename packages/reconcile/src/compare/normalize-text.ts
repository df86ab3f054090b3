import { decodeHTML } from 'entities'

/** Elements that begin a new line, so that white space separates what is around them. */
const BLOCKS =
  'address|article|aside|blockquote|br|dd|div|dl|dt|figure|footer|form|h[1-6]|head|header|hr|html|body|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|title|tr|ul'
const INLINES =
  'a|abbr|b|bdi|bdo|big|center|cite|code|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr'

/** What browsers never show, by how it begins and ends. */
const HIDDEN: readonly (readonly [RegExp, string])[] = [
  [/<!--/g, '-->'],
  [/<script\b[^<>]*>/gi, '</script>'],
  [/<style\b[^<>]*>/gi, '</style>'],
]
const BLOCK = new RegExp(String.raw`<\/?(?:${BLOCKS})(?:\s[^<>]*)?\/?>`, 'gi')
const INLINE = new RegExp(String.raw`<\/?(?:${INLINES})(?:\s[^<>]*)?\/?>`, 'gi')

/** Systems that pass a text on may each escape it once more. */
const MOST_LAYERS = 3

/** Characters without a width that editors and templates leave behind. The joiners of emoji are not among them. */
const INVISIBLE = /[\u00AD\u200B\u200E\u200F\u2060\uFEFF]/g

/**
 * An apostrophe that keeps a spreadsheet from taking a cell, or a part of one, for a formula or a number. CSV files that
 * Waybill writes have them too.
 */
const GUARD = /(?:^' ?|(?<=[;, ])')(?=[=+\-@＝＋－＠\d])/g

/**
 * The form in which texts are compared: without HTML, in Unicode's form NFC, every run of white space one space, none at
 * the ends, and no apostrophe that guards a spreadsheet from a formula. Only elements that HTML has are removed, so `<name>`
 * and `a < b` stay. Letter case counts.
 *
 * @example normalizeText('Your code:&nbsp;<b>1234</b><br>Thanks') // 'Your code: 1234 Thanks'
 */
export function normalizeText(text: string): string {
  let plain = text
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const outer = plain
    plain = withoutMarkup(outer)
    if (plain === outer) break
  }
  const folded = plain.replaceAll(INVISIBLE, '').normalize('NFC').replaceAll(/\s+/g, ' ').trim()
  return folded.includes("'") ? folded.replaceAll(GUARD, '') : folded
}

function withoutMarkup(text: string): string {
  const plain = text.includes('<')
    ? HIDDEN.reduce(withoutHidden, text).replaceAll(BLOCK, ' ').replaceAll(INLINE, '')
    : text
  return plain.includes('&') ? decodeHTML(plain) : plain
}

/** Every character is read once, also where many parts begin and none ends. */
function withoutHidden(text: string, [begin, end]: readonly [RegExp, string]): string {
  const kept: string[] = []
  let from = 0
  const lower = end === '-->' ? text : text.toLowerCase()
  for (const { index } of text.matchAll(begin)) {
    if (index < from) continue
    const close = lower.indexOf(end, index)
    if (close === -1) break
    kept.push(text.slice(from, index))
    from = close + end.length
  }
  kept.push(text.slice(from))
  return kept.join('')
}
