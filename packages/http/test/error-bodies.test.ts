import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readErrorBody } from '../src/outcome/error-body.js'

function read(body: string | Uint8Array, contentType: string | null = null): [string | null, string | null] {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const { upstreamCode, upstreamMessage } = readErrorBody(bytes, contentType, (text) => text)
  return [upstreamCode, upstreamMessage]
}

test.each<[unknown, string | null, string | null]>([
  [{ success: false, error: { code: 'NOT_FOUND', message: 'None.' } }, 'NOT_FOUND', 'None.'],
  [{ error_code: 'RATE_LIMIT_EXCEEDED', message: 'Slow down' }, 'RATE_LIMIT_EXCEEDED', 'Slow down'],
  [{ request_id: 'b14f', error_code: 2, error: 'Resource Not Found' }, '2', 'Resource Not Found'],
  [{ message: 'Server Error' }, null, 'Server Error'],
  [{ error: 'Bad thing' }, null, 'Bad thing'],
  [{ error: 'invalid_token', error_description: 'Expired' }, 'invalid_token', 'Expired'],
  [{ message: 'Invalid.', errors: { page: ['Too large'] } }, null, 'Invalid.'],
  [{ errors: [{ code: 'X1', title: 'Bad', detail: 'Worse' }] }, 'X1', 'Worse'],
  [{ errors: ['first', 'second'] }, null, 'first'],
  [{ message: ['first', 'second'] }, null, 'first'],
  [{ error: { code: 0, message: '' } }, '0', null],
  [{ message: null, code: {} }, null, null],
  [[], null, null],
  [{}, null, null],
  [null, null, null],
  ['Go away', null, 'Go away'],
])('%j', (value, code, message) => {
  expect(read(JSON.stringify(value))).toEqual([code, message])
})

test.each<[string, string | Uint8Array, string | null]>([
  ['nothing', '', null],
  ['blank space', ' \n\t', null],
  ['plain text', ' upstream\r\n connect  error ', 'upstream connect error'],
  ['cut-off JSON', '{"error":{"mess', '{"error":{"mess'],
  ['cut-off JSON with escapes', String.raw`{"error":"n\u00e3o\n\/x \"y`, '{"error":"não /x "y'],
  ['an HTML page', '\n<!doctype HTML><head><TITLE class="x">502 Bad\nGateway</TITLE>', '502 Bad Gateway'],
  ['an HTML page without a title', '<html><body>', 'an HTML page'],
  ['an XHTML page', '<?xml version="1.0"?>\n<html><title>Down</title>', 'Down'],
  ['binary data', Uint8Array.from([137, 80, 78, 71, 0, 255, 254, 200]), null],
  ['control characters', 'a\u0000b\u001B[31m\u202Ec\u200B', null],
  ['coloured text', 'a\u001B[31m\u202Eb\u200Bc\uFEFF', 'a[31mbc'],
  ['very deep JSON', '['.repeat(1000), '['.repeat(199) + '…'],
  ['long text', 'x'.repeat(5000), 'x'.repeat(199) + '…'],
  ['long text, cut in a pair', 'x'.repeat(198) + '😀'.repeat(9), 'x'.repeat(198) + '…'],
])('%s', (_name, body, message) => {
  expect(read(body)).toEqual([null, message])
})

test('JSON is read as UTF-8, whatever character set is announced', () => {
  const json = Buffer.from(JSON.stringify({ message: 'não' }))
  expect(read(json, 'application/json; charset=ISO-8859-1')).toEqual([null, 'não'])
})

test('for any other text the character set that is announced is used', () => {
  expect(read(Buffer.from('não', 'latin1'), 'text/plain; charset="ISO-8859-1"')).toEqual([null, 'não'])
})

test('a long code is shortened, and holds no line break', () => {
  const [code] = read(JSON.stringify({ code: `A\n${'B'.repeat(500)}` }))
  expect(code).toBe(`A ${'B'.repeat(61)}…`)
})

test('whatever the body is, the result is short, in one line, or nothing', () => {
  const body = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.json())
  fc.assert(
    fc.property(body, (text) => {
      for (const part of read(text)) {
        if (part === null) continue
        expect(part.length).toBeGreaterThan(0)
        expect(part.length).toBeLessThanOrEqual(200)
        expect(part).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        expect(part.isWellFormed()).toBe(true)
      }
    }),
  )
})
