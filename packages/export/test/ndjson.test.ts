import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ndjson } from '../src/text/ndjson.js'
import { exported, textFile } from './support/messages.js'

const FIELDS = ['upstreamId', 'sentAt', 'text', 'isRead', 'raw', 'deletedAt', 'statusHistory'] as const

test('a line is what JSON.stringify writes of an object with these fields', () => {
  const texts = fc.option(
    fc.string({
      unit: fc.oneof(
        fc.constantFrom('"', '\\', '\n', '\0', '\u007F', '\u2028'),
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      ),
    }),
  )
  const times = fc.integer({
    min: Date.parse('0001-01-01T00:00:00.000Z'),
    max: Date.parse('9999-12-31T23:59:59.999Z'),
  })
  fc.assert(
    fc.property(
      texts,
      times,
      fc.option(fc.boolean()),
      fc.option(fc.jsonValue(), { nil: undefined }),
      (text, time, isRead, raw) => {
        const history = [{ status: 'SENT', observedAt: time } as const]
        const record = {
          statusHistory: history,
          textHistory: [],
          deletedAt: time,
          detail: null,
          isDetailCurrent: false,
        }
        const message = exported({ text, isRead, raw, sentAt: time }, record)
        const iso = new Date(time).toISOString()
        const expected = {
          upstreamId: '1',
          sentAt: iso,
          text,
          isRead,
          raw,
          deletedAt: iso,
          statusHistory: [{ status: 'SENT', observedAt: iso }],
        }
        expect(textFile(ndjson(FIELDS), [message, message])).toBe(`${JSON.stringify(expected)}\n`.repeat(2))
      },
    ),
  )
})

test('a time that no calendar has is null', () => {
  expect(ndjson(['sentAt']).line(exported({ sentAt: 0.5 }))).toBe('{"sentAt":null}')
})
