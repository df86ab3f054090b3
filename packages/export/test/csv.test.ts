import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExportedMessage } from '../src/fields.js'
import { csv } from '../src/text/csv.js'
import { exported, textFile } from './support/messages.js'

const FIELDS = ['source', 'upstreamId', 'from', 'text', 'failureReason'] as const

function messageOf(text: string | null, from: string | null = null): ExportedMessage {
  return exported({ text, from, sentAt: 0, failure: text === null ? null : { code: null, reason: text } })
}

const PLAIN = { separator: ',', bom: false, keepTexts: false }

test.each([',', ';', '\t'])(
  'a reader of RFC 4180 gets back every text as it was, between %j',
  (separator) => {
    const format = csv(FIELDS, { ...PLAIN, separator })
    const texts = fc.array(fc.option(fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 5 })
    const awkward = fc.array(
      fc.constantFrom('"', ',', ';', '\t', '\r', '\n', '\r\n', ' ', 'a', '=', '', '\uFEFF', '\0'),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(texts, awkward, (plain, parts) => {
        const all = [...plain, parts.join('')]
        const file = textFile(
          format,
          all.map((text) => messageOf(text)),
        )
        const records = parse<Record<string, string>>(file, {
          columns: true,
          delimiter: separator,
          record_delimiter: '\r\n',
        })
        expect(records.map(({ text }) => text)).toEqual(all.map((text) => text ?? ''))
        expect(records.map(({ failureReason }) => failureReason)).toEqual(all.map((text) => text ?? ''))
      }),
    )
  },
)

test('a file begins with a byte-order mark where it is asked for', () => {
  expect(csv(['source', 'text'], { ...PLAIN, bom: true }).head).toBe('\uFEFFsource,text\r\n')
  expect(csv(['source', 'text'], PLAIN).head).toBe('source,text\r\n')
})

/** What a spreadsheet would show, or run, for a text. */
function cellOf(text: string): string {
  const format = csv(['text'], { ...PLAIN, keepTexts: true })
  const [record] = parse<Record<string, string>>(textFile(format, [messageOf(text)]), {
    columns: true,
    record_delimiter: '\r\n',
  })
  return record?.['text'] ?? ''
}

test.each([
  '=HYPERLINK("https://evil.example")',
  '+1+cmd|a',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\tplain',
  '\n=1',
  '\r\n=1',
  '\n\n  =1',
  ' =1',
  '\u00A0=1',
  '\u3000=1',
  '\u200B=1',
  '\uFEFF=1',
  '\0=1',
  '＝1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '\n＝1',
])('%j cannot be taken for a formula', (text) => {
  expect(cellOf(text)).toBe(`'${text}`)
})

test.each([
  ['hello;=1', "hello;'=1"],
  ['hello,+1+cmd', "hello,'+1+cmd"],
  ['hello\t＝1', "hello\t'＝1"],
  ['hello\n=1', "hello\n'=1"],
  ['=1;=2', "'=1;'=2"],
])('%j begins no formula where a reader is set to another separator', (text, cell) => {
  expect(cellOf(text)).toBe(cell)
})

test.each(['+14155552671', '123456789012', '-123456789012', '00491234', '1E10', '12e5', '1.5E+3'])(
  '%j stays a text, and is not shown as another number',
  (text) => {
    expect(cellOf(text)).toBe(`'${text}`)
  },
)

test.each([
  '1=1',
  'a+b',
  'Hello, - world',
  '- one\n- two'.slice(2),
  '3851828',
  '0',
  '12.50',
  'E10',
  '10:30; - late',
])('%j stays as it is', (text) => {
  expect(cellOf(text)).toBe(text)
})

test('a text that begins with a letter of any script is guarded like one that begins with a Latin letter', () => {
  const rest = fc.string({
    unit: fc.constantFrom('=', '+', '@', '＝', ',', ';', '\t', '\r', '\n', ' ', 'b', '1', '"'),
  })
  fc.assert(
    fc.property(fc.constantFrom('я', '你', 'ß', 'ａ', '𐐀'), rest, (letter, text) => {
      expect(cellOf(letter + text)).toBe(letter + cellOf(`a${text}`).slice(1))
    }),
  )
})

test('without the guard every text stays as it is', () => {
  const format = csv(['from', 'text'], PLAIN)
  expect(format.line(messageOf('=1', '+14155552671'))).toBe('+14155552671,=1')
})

test.each([',', ';', '\t', '|', '-', ':'])(
  'the bytes are those of another writer of RFC 4180, between %j',
  (separator) => {
    const texts = fc.option(
      fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', ' ', 'a', '|', 'é', '😀', '-') }),
    )
    const fields = ['source', 'sentAt', 'from', 'text', 'isRead'] as const
    const format = csv(fields, { ...PLAIN, separator })
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { minLength: 1 }), (rows) => {
        const cells = rows.map(([text, from]) => [
          'shop',
          '1970-01-01T00:00:00.000Z',
          from ?? '',
          text ?? '',
          '',
        ])
        const expected = stringify([[...fields], ...cells], {
          delimiter: separator,
          record_delimiter: '\r\n',
          quote_record_delimiter: true,
        })
        const messages = rows.map(([text, from]) => messageOf(text, from))
        expect(textFile(format, messages)).toBe(expected)
      }),
    )
  },
)
