/** Only these are tags: in "Dear <name>" and "a<b then c>d" nothing is removed. */
const TAG =
  /<(\/?(?:a|b|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|script|small|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul))(?:\s+[\w:-]{1,50}=(?:"[^"<>]{0,2000}"|'[^'<>]{0,2000}'|[^\s"'<>]{1,2000})){0,20}\s{0,20}\/?>/gi

/** After these the words go on in another line. */
const BREAKS = new Set(['br', '/p', '/div', '/li', '/tr', '/h1', '/h2', '/h3'])

const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi

/** The names of characters that texts written for HTML have. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  shy: '\u00AD',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
  euro: '€',
  pound: '£',
  cent: '¢',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  sect: '§',
  times: '×',
  middot: '·',
  bull: '•',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
}

/**
 * The words of a text that a source sent as HTML: tags removed, and characters that are written by name or number restored. A plain
 * text stays as it is. The result is shown as text, whatever is in it: this is not what makes it harmless.
 *
 * @example
 * readableText('<p>35&nbsp;% off &amp; more</p>') // '35 % off & more'
 */
export function readableText(text: string): string {
  const lines = text.replaceAll(TAG, (_, name: string) => (BREAKS.has(name.toLowerCase()) ? '\n' : ''))
  const words = lines.replaceAll(REFERENCE, (written, decimal?: string, hex?: string, name?: string) =>
    decimal === undefined && hex === undefined
      ? (NAMED[name ?? ''] ?? written)
      : (characterOf(Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10)) ?? written),
  )
  return lines === text ? words : words.trim()
}

/** Null where no character has the number, or only half of one. */
function characterOf(code: number): string | null {
  const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff)
  return isCharacter ? String.fromCodePoint(code) : null
}
