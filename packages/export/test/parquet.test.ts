import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parseExactJson } from '@waybill/core'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPORT_FIELD_NAMES, type ExportedMessage } from '../src/fields.js'
import { columnOf } from '../src/parquet/column.js'
import { encodeParquet } from '../src/parquet/encode-parquet.js'
import { RowGroup } from '../src/parquet/row-group.js'
import { collect, exported, inPages, REPORT } from './support/messages.js'

const SENT_AT = Date.UTC(2026, 3, 24, 12, 34, 56, 789)
const RAW = parseExactJson('{"id":12345678901234567890,"price":1.10,"text":"Ваш код"}')
const QUERY = { filter: 'filter[status]=read', search: null, sort: '-created_at', fields: '' }
const COUNT = 12_000

const first = exported(
  {
    upstreamId: 'first',
    direction: 'OUTBOUND',
    to: '+493023125380',
    contact: { id: '+493023125380', basis: 'TOLD' },
    text: 'a\r\n\0😀 \uD800',
    isRead: true,
    status: 'FAILED',
    failure: { code: '131026', reason: 'Undeliverable' },
    sentAt: SENT_AT,
    raw: RAW,
  },
  {
    deletedAt: SENT_AT + 5,
    statusHistory: [
      { status: 'SENT', observedAt: SENT_AT },
      { status: null, observedAt: SENT_AT + 1 },
    ],
    detail: {
      statusMessage: null,
      replyToId: null,
      mediaUrl: null,
      staffId: null,
      deliveredAt: null,
      readAt: SENT_AT + 2,
    },
    textHistory: [],
    isDetailCurrent: true,
  },
)
const others = Array.from({ length: COUNT - 1 }, (_, index) =>
  exported({
    upstreamId: String(index),
    sentAt: SENT_AT - index,
    isRead: index % 2 === 0,
    text: textOf(index),
    interactionId: String(index % 300),
  }),
)

/** Few texts that repeat, and many that do not, of characters with several lengths. */
function textOf(index: number): string | null {
  if (index % 7 === 0) return null
  if (index % 5 === 0) return ''
  return index % 3 === 0 ? 'the same' : `${'Grüße 😀 '.repeat(index % 4)}${index}`
}

function write(messages: readonly ExportedMessage[]): Promise<Buffer> {
  const report = {
    ...REPORT,
    completeness: 'HAS_GAPS',
    holds: ['HAS_GAPS'],
    gaps: [{ from: 0, to: SENT_AT }],
  } as const
  return collect(encodeParquet(inPages(messages, { report }), { fields: EXPORT_FIELD_NAMES, query: QUERY }))
}

function bufferOf(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

let file: Buffer
let folder: string

beforeAll(async () => {
  file = await write([first, ...others])
  folder = await mkdtemp(join(tmpdir(), 'waybill-parquet-'))
  await writeFile(join(folder, 'all.parquet'), file)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a Parquet file', () => {
  test('has every message with its types, in row groups of 10,000', async () => {
    const rows = await parquetReadObjects({ file: bufferOf(file) })
    expect(rows.map(({ upstreamId }) => upstreamId)).toEqual(
      [first, ...others].map(({ message }) => message.upstreamId),
    )
    const values = rows.map(({ source, text, interactionId }) => ({ source, text, interactionId }))
    expect(values.slice(1)).toEqual(
      others.map(({ source, message: { text, interactionId } }) => ({ source, text, interactionId })),
    )
    expect(rows[0]).toEqual({
      source: 'shop',
      upstreamId: 'first',
      whatsappId: null,
      sentAt: new Date(SENT_AT),
      direction: 'OUTBOUND',
      type: null,
      rawType: null,
      status: 'FAILED',
      from: null,
      to: '+493023125380',
      contact: '+493023125380',
      contactBasis: 'TOLD',
      text: 'a\r\n\0😀 \uFFFD',
      interactionId: null,
      isRead: true,
      failureCode: '131026',
      failureReason: 'Undeliverable',
      deliveredAt: null,
      readAt: new Date(SENT_AT + 2),
      deletedAt: new Date(SENT_AT + 5),
      statusHistory: [
        { status: 'SENT', observedAt: new Date(SENT_AT) },
        { status: null, observedAt: new Date(SENT_AT + 1) },
      ],
      raw: '{"id":12345678901234567890,"price":1.10,"text":"Ваш код"}',
    })
    expect(rows[2]).toMatchObject({
      upstreamId: '1',
      isRead: false,
      deletedAt: null,
      statusHistory: [],
      raw: '{}',
    })
    expect(parquetMetadata(bufferOf(file)).row_groups.map(({ num_rows }) => num_rows)).toEqual([
      10_000n,
      2000n,
    ])
  })

  test('tells the query and the reports in its metadata', () => {
    const entries = parquetMetadata(bufferOf(file)).key_value_metadata ?? []
    const metadata = Object.fromEntries(entries.map(({ key, value }) => [key, JSON.parse(value ?? '')]))
    expect(metadata).toEqual({
      'waybill.query': QUERY,
      'waybill.reports': [
        {
          source: 'shop',
          outcome: 'OK',
          completeness: 'HAS_GAPS',
          holds: ['HAS_GAPS'],
          warnings: [],
          reachesBackTo: null,
          gaps: [{ from: '1970-01-01T00:00:00.000Z', to: '2026-04-24T12:34:56.789Z' }],
          error: null,
        },
      ],
    })
  })

  test('is read by DuckDB, with every row and type', async () => {
    const database = await DuckDBInstance.create(':memory:')
    const connection = await database.connect()
    const query = async (text: string): Promise<Record<string, unknown>[]> =>
      (await connection.runAndReadAll(text)).getRowObjectsJson()
    const all = `read_parquet('${join(folder, 'all.parquet')}')`
    const columns = await query(`describe select * from ${all}`)
    expect(
      Object.fromEntries(columns.map(({ column_name, column_type }) => [column_name, column_type])),
    ).toEqual({
      ...Object.fromEntries(EXPORT_FIELD_NAMES.map((name) => [name, 'VARCHAR'])),
      sentAt: 'TIMESTAMP WITH TIME ZONE',
      deliveredAt: 'TIMESTAMP WITH TIME ZONE',
      readAt: 'TIMESTAMP WITH TIME ZONE',
      deletedAt: 'TIMESTAMP WITH TIME ZONE',
      isRead: 'BOOLEAN',
      statusHistory: 'STRUCT(status VARCHAR, observedAt TIMESTAMP WITH TIME ZONE)[]',
    })
    expect(
      await query(`select count(*)::int as rows, count(distinct upstreamId)::int as ids, count(isRead)::int as read,
        min(epoch_ms(sentAt))::double as oldest, sum(len(statusHistory))::int as changes from ${all}`),
    ).toEqual([{ rows: COUNT, ids: COUNT, read: COUNT, oldest: SENT_AT - COUNT + 2, changes: 2 }])
    expect(await query(`select "to", text, raw from ${all} where upstreamId = 'first'`)).toEqual([
      { to: '+493023125380', text: 'a\r\n\0😀 \uFFFD', raw: JSON.stringify(RAW) },
    ])
    connection.closeSync()
    database.closeSync()
  })

  test('of no message has its columns', async () => {
    const bytes = bufferOf(await write([]))
    expect(await parquetReadObjects({ file: bytes })).toEqual([])
    expect(
      parquetMetadata(bytes)
        .schema.slice(1)
        .map(({ name }) => name),
    ).toEqual(expect.arrayContaining([...EXPORT_FIELD_NAMES]))
  })
})

test('a row group ends early where messages are long', () => {
  const group = new RowGroup([columnOf('text')])
  const message = exported({ text: 'x'.repeat(1024 * 1024) })
  for (const _ of ['the first group', 'the next group']) {
    for (let count = 0; count < 31; count += 1) group.add(message)
    expect(group.isFull).toBe(false)
    group.add(message)
    expect(group.isFull).toBe(true)
    group.take()
    expect(group.isEmpty).toBe(true)
  }
})
