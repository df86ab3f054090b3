import type { Message } from '@waybill/core'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExportedMessage } from '../../src/export/fields.js'
import { csv } from '../../src/export/formats.js'

const FIELDS = ['source', 'upstreamId', 'from', 'text', 'failureReason'] as const

function messageOf(text: string | null, from: string | null = null): ExportedMessage {
  const message: Message = {
    upstreamId: '1',
    whatsappId: null,
    direction: null,
    type: null,
    rawType: null,
    status: null,
    rawStatus: null,
    text,
    from,
    to: null,
    interactionId: null,
    isRead: null,
    sentAt: 0,
    failure: text === null ? null : { code: null, reason: text },
    raw: {},
  }
  return { source: 'shop', message, archived: null }
}

test('a reader of RFC 4180 gets back every text as it was', () => {
  const format = csv({ fields: FIELDS, guardFormulas: false })
  const texts = fc.array(fc.option(fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 5 })
  const awkward = fc.array(fc.constantFrom('"', ',', '\r', '\n', '\r\n', ' ', 'a', '=', ''), { maxLength: 6 })
  fc.assert(
    fc.property(texts, awkward, (plain, parts) => {
      const all = [...plain, parts.join('')]
      const file = format.head + all.map((text) => format.write(messageOf(text))).join('')
      const records = parse<Record<string, string>>(file, { columns: true, record_delimiter: '\r\n' })
      expect(records.map(({ text }) => text)).toEqual(all.map((text) => text ?? ''))
      expect(records.map(({ failureReason }) => failureReason)).toEqual(all.map((text) => text ?? ''))
    }),
  )
})

test.each([
  ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ['+1+cmd|a', "'+1+cmd|a"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['1=1', '1=1'],
])('%j cannot be taken for a formula', (text, cell) => {
  const format = csv({ fields: ['text'], guardFormulas: true })
  expect(format.write(messageOf(text))).toBe(`${cell}\r\n`)
})

test('a phone number stays as it is', () => {
  const format = csv({ fields: ['from', 'text'], guardFormulas: true })
  expect(format.write(messageOf(null, '+14155552671'))).toBe('+14155552671,\r\n')
})
