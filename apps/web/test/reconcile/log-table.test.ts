import { describe, expect, it } from 'vitest'
import { readEntries, readOpened, readTable } from '../../src/reconcile/log-table.js'

const CSV = `sep=;
Message ID;Recipient;"Sent at";Body

1;+49 30 23125380;2026-11-01T10:00:00Z;"two
lines; and a ""quote"""

;; ;
2;+1 415 555 2671;2026-11-01T11:00:00Z;<b>bold</b>
`

describe('the table of a log', () => {
  it('has the columns and first entries of CSV, empty lines and rows left out', async () => {
    const table = await readTable(new Blob([CSV]), null)
    expect(table.format).toEqual({ kind: 'csv', delimiter: ';' })
    expect(table.columns).toEqual(['Message ID', 'Recipient', 'Sent at', 'Body'])
    expect(table.rows.map(([id]) => id)).toEqual(['1', '2'])
    expect(table.rows[0]?.[3]).toBe('two\nlines; and a "quote"')
  })

  it('has those of NDJSON, whichever of them a line has', async () => {
    const ndjson = '{"id":1,"to":"+1"}\n\n{"id":2,"text":"hi","more":{"a":1}}\n'
    const table = await readTable(new Blob([ndjson]), null)
    expect(table.columns).toEqual(['id', 'to', 'text', 'more.a'])
    expect(table.rows).toEqual([
      ['1', '+1', '', ''],
      ['2', '', 'hi', '1'],
    ])
  })

  it.each([
    ['UTF-8 with a mark', `\uFEFF${CSV}`, null],
    ['UTF-16', new Uint8Array(Buffer.from(`\uFEFF${CSV}`, 'utf16le')), null],
    ['windows-1252', new Uint8Array(Buffer.from('id;text\n1;Grüße\n', 'latin1')), 'windows-1252'],
  ])('is decoded: %s', async (_, content, encoding) => {
    const table = await readTable(new Blob([content]), encoding)
    expect(table.rows[0]?.[0]).toBe('1')
  })

  it('is read from the beginning of a large log, also where a character is cut', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `${index + 1};ä${'€'.repeat(index % 7)}`)
    const file = new Blob([`id;text\n${rows.join('\n')}\n`])
    const table = await readTable(file, null)
    expect(table.rows).toHaveLength(5)
    const found = await readOpened(file, table, [39_999, 40_001])
    const values = ['39999', `ä${'€'.repeat(39_998 % 7)}`]
    expect([...found]).toEqual([[39_999, { values, line: 40_000 }]])
  })

  it.each([
    ['an empty log', '', /the log is empty/],
    ['a JSON array', '[{"id":1}]', /JSON array/],
    ['a gzip file', new Uint8Array([0x1f, 0x8b, 8, 0, 0]), /gzip file/],
    ['bytes that are no UTF-8', new Uint8Array(Buffer.from('id;text\n1;Grüße\n', 'latin1')), /not utf-8/],
  ])('is refused in words: %s', async (_, content, message) => {
    await expect(readTable(new Blob([content]), null)).rejects.toThrow(message)
  })
})

describe('an entry of a log', () => {
  it.each([
    ['CSV', CSV, [4, 8]],
    ['CSV of another system', CSV.replaceAll('\n', '\r\n'), [4, 8]],
    ['CSV without a line at its end', CSV.replaceAll('\n\n', '\n').trimEnd(), [3, 6]],
    ['NDJSON', '\n{"id":1}\n\n{"id":2}', [2, 4]],
  ])('has the number that the server gives it, and its line in the file: %s', async (_, content, lines) => {
    const file = new Blob([content])
    const table = await readTable(file, null)
    const found = await readEntries(file, table, [1, 2, 3])
    expect([...found].map(([entry, { values, line }]) => [entry, values[0], line])).toEqual([
      [1, '1', lines[0]],
      [2, '2', lines[1]],
    ])
  })
})

describe('a log that is read again', () => {
  /** Counts how often it is read as a whole. */
  class CountedFile extends Blob {
    reads = 0
    override arrayBuffer(): Promise<ArrayBuffer> {
      this.reads += 1
      return super.arrayBuffer()
    }
  }

  it('is read once, however many lists of its entries are shown', async () => {
    const file = new CountedFile([
      'id;text\n',
      ...Array.from({ length: 2000 }, (_, index) => `${index + 1};a\n`),
    ])
    const table = await readTable(file, null)
    const places = Array.from({ length: 40 }, (_, index) => index * 50 + 1)
    const lists = await Promise.all(places.map((place) => readEntries(file, table, [place, place + 49])))
    expect(lists.map((list) => [...list.keys()])).toEqual(places.map((place) => [place, place + 49]))
    expect((await readOpened(file, table, [2000])).get(2000)).toEqual({ values: ['2000', 'a'], line: 2001 })
    expect(file.reads).toBe(1)
  })

  it('has no entries where its file cannot be read any more', async () => {
    class LostFile extends Blob {
      override arrayBuffer(): Promise<ArrayBuffer> {
        return Promise.reject(new DOMException('The file has changed', 'NotReadableError'))
      }
    }
    const table = await readTable(new Blob(['id;text\n1;a\n']), null)
    expect(await readEntries(new LostFile(['id;text\n1;a\n']), table, [1])).toEqual(new Map())
  })
})
