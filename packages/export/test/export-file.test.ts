import { describe, expect, test } from 'vitest'
import type { ExportedMessage } from '../src/fields.js'
import { encodeParquet } from '../src/parquet/encode-parquet.js'
import type { ReadPage } from '../src/read/read-messages.js'
import { csv, DEFAULT_CSV } from '../src/text/csv.js'
import { ndjson } from '../src/text/ndjson.js'
import { encodeText } from '../src/text/text-format.js'
import { encodeXlsx } from '../src/xlsx/encode-xlsx.js'
import { collect, exported, inPages } from './support/messages.js'

const FIELDS = ['upstreamId', 'sentAt', 'to', 'text', 'raw'] as const
const QUERY = { filter: '', search: null, sort: '-created_at', fields: FIELDS.join(',') }

type Encode = (pages: AsyncIterable<ReadPage>) => AsyncGenerator<Uint8Array, void>

const ENCODERS: readonly (readonly [string, Encode])[] = [
  ['NDJSON', (pages) => encodeText(pages, ndjson(FIELDS))],
  ['CSV', (pages) => encodeText(pages, csv(FIELDS, DEFAULT_CSV))],
  ['XLSX', (pages) => encodeXlsx(pages, { fields: FIELDS, query: QUERY, timeZone: 'UTC' })],
  ['Parquet', (pages) => encodeParquet(pages, { fields: FIELDS, query: QUERY })],
]

/** More text than a block of the compression, of characters with several lengths. */
const messages: readonly ExportedMessage[] = Array.from({ length: 1200 }, (_, index) =>
  exported({
    upstreamId: String(index),
    sentAt: Date.UTC(2026, 0, 1) + index * 61_000,
    text: `${'Grüße 😀 '.repeat(index % 23)}${index * 7919}`,
  }),
)

describe.each(ENCODERS.slice(0, 2))('%s', (_, encode) => {
  const SIZE = 50

  test('has one chunk for pages that come at once', async () => {
    const chunks = async (continued: number): Promise<number> => {
      let count = 0
      for await (const bytes of encode(inPages(messages, { size: SIZE, continued })))
        count += bytes.length > 0 ? 1 : 0
      return count
    }
    const [each, together] = [await chunks(0), await chunks(3)]
    expect(each - together).toBe((3 / 4) * (messages.length / SIZE))
  })

  test('has all pages before one that cannot be read', async () => {
    const written: Uint8Array[] = []
    async function* failing(): AsyncGenerator<ReadPage, void> {
      for await (const page of inPages(messages, { size: SIZE })) yield { ...page, isContinued: true }
      throw new Error('The archive went away.')
    }
    const reading = async (): Promise<void> => {
      for await (const bytes of encode(failing())) written.push(bytes)
    }
    await expect(reading()).rejects.toThrow('The archive went away.')
    expect(Buffer.concat(written).equals(await collect(encode(inPages(messages))))).toBe(true)
  })
})

describe.each(ENCODERS)('%s', (_, encode) => {
  test('has the same bytes however many messages a page has', async () => {
    const [whole, ...others] = await Promise.all(
      [messages.length, 500, 7].map((size) => collect(encode(inPages(messages, { size })))),
    )
    for (const other of others) expect(other.equals(whole ?? Buffer.alloc(0))).toBe(true)
  })

  test('ends with the error that ends the reading', async () => {
    const failure = new Error('The archive went away.')
    async function* failing(): AsyncGenerator<ReadPage, void> {
      yield* inPages(messages)
      throw failure
    }
    await expect(collect(encode(failing()))).rejects.toBe(failure)
  })

  test('ends the reading where its bytes are not read any more', async () => {
    let isClosed = false
    async function* endless(): AsyncGenerator<ReadPage, void> {
      try {
        for (;;) yield* inPages(messages)
      } finally {
        isClosed = true
      }
    }
    let length = 0
    for await (const bytes of encode(endless())) {
      length += bytes.length
      if (length > 20_000) break
    }
    expect(isClosed).toBe(true)
  })
})
