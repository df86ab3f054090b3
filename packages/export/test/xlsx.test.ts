import { strFromU8, unzipSync } from 'fflate'
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import type { ExportedMessage, ExportFieldName } from '../src/fields.js'
import { cellText } from '../src/xlsx/cell-text.js'
import { encodeXlsx } from '../src/xlsx/encode-xlsx.js'
import { LocalTime } from '../src/xlsx/local-time.js'
import { collect, exported, inPages, REPORT } from './support/messages.js'

const QUERY = { filter: 'filter[status]=failed', search: '=cmd', sort: '-created_at', fields: 'text' }

interface WriteOptions {
  readonly fields?: readonly ExportFieldName[]
  readonly timeZone?: string
  readonly rowsOfSheet?: number
}

function write(messages: readonly ExportedMessage[], options: WriteOptions = {}): Promise<Buffer> {
  const { fields = ['text'], timeZone = 'UTC', rowsOfSheet } = options
  return collect(encodeXlsx(inPages(messages), { fields, query: QUERY, timeZone, rowsOfSheet }))
}

/** The rows of each sheet by its name, as another program reads them. */
async function sheetsOf(file: Buffer): Promise<Map<string, unknown[][]>> {
  const sheets = await readXlsxFile(file, { trim: false })
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]))
}

async function textsOf(texts: readonly string[]): Promise<unknown[]> {
  const sheets = await sheetsOf(await write(texts.map((text) => exported({ text }))))
  return (sheets.get('Messages') ?? []).slice(1).map(([cell]) => cell)
}

const FORMULAS = [
  '=1+1',
  '=HYPERLINK("https://evil.example")',
  '+1+cmd|a',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '\r\n=1',
  '＝1',
  '{=1}',
  '_x003D_1+1',
]

describe('a workbook', () => {
  test('has texts that would be formulas, and numbers of phones, as texts', async () => {
    const texts = [
      ...FORMULAS,
      '+14155552671',
      '00491234',
      '1E10',
      '2026-01-01',
      'TRUE',
      '12345678901234567890',
    ]
    expect(await textsOf(texts)).toEqual(texts)
    const parts = unzipSync(await write(texts.map((text) => exported({ text }))))
    const sheet = strFromU8(parts['xl/worksheets/messages1.xml'] ?? new Uint8Array())
    expect(sheet).not.toMatch(/<f[ >]/)
    // The style 1 is the number format of texts: a cell that is edited stays one.
    expect(sheet.match(/ s="1" t="inlineStr"/g)).toHaveLength(texts.length)
  })

  test('has any text as it is, control characters and line ends included', async () => {
    const texts = [
      'a\r\nb',
      '\n lead',
      ' trailing ',
      '\0\x07x',
      '_x000D_',
      '_x005F_x000D_',
      '<b>&amp;</b>',
      '😀',
    ]
    expect(await textsOf(texts)).toEqual(texts)
    expect(await textsOf(['\uD800 alone'])).toEqual(['\uFFFD alone'])
  })

  test('ends a text that is too long for a cell with an ellipsis, and says how many there are', async () => {
    const file = await write([exported({ text: 'x'.repeat(32_767) }), exported({ text: 'y'.repeat(32_768) })])
    const sheets = await sheetsOf(file)
    const [, [fits] = [], [cut] = []] = sheets.get('Messages') ?? []
    expect(fits).toBe('x'.repeat(32_767))
    expect(cut).toBe(`${'y'.repeat(32_766)}…`)
    expect(sheets.get('Report')).toContainEqual(['shortened texts', 1, null, null, null, null])
    expect(cellText(`${'z'.repeat(32_765)}😀z`).xml).toBe(`${'z'.repeat(32_765)}…`)
  })

  test('has times as dates of the zone, and what is no date of a spreadsheet as a text', async () => {
    const times = ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '1900-02-28T00:00:00Z'].map(Date.parse)
    const messages = times.map((sentAt) => exported({ sentAt, isRead: true }))
    const sheets = await sheetsOf(
      await write(messages, { fields: ['sentAt', 'isRead'], timeZone: 'Europe/Berlin' }),
    )
    const rows = (sheets.get('Messages') ?? []).slice(1)
    const shown = rows.map(([time]) => (time instanceof Date ? time.toISOString() : time))
    expect(shown).toEqual([
      '2026-03-29T01:59:59.000Z',
      '2026-03-29T03:00:00.000Z',
      '1900-02-28T00:00:00.000Z',
    ])
    expect(rows.map(([, isRead]) => isRead)).toEqual([true, true, true])
  })

  test('keeps its header in sight, and tells the query, the reports and the gaps on a second sheet', async () => {
    const at = Date.UTC(2026, 0, 2)
    const report = {
      ...REPORT,
      completeness: 'HAS_GAPS',
      holds: ['HAS_GAPS', 'UNPROVEN', 'WINDOW_LIMITED'],
      reachesBackTo: at - 1000,
      gaps: [{ from: at, to: at + 1000 }],
      warnings: [{ code: 'ROWS_HIDDEN', message: '=Two rows', field: null, count: 2 }],
    } as const
    const pages = inPages([exported()], { report })
    const file = await collect(encodeXlsx(pages, { fields: ['text'], query: QUERY, timeZone: 'UTC' }))
    const sheets = await sheetsOf(file)
    expect([...sheets.keys()]).toEqual(['Messages', 'Report'])
    expect(sheets.get('Report')).toEqual([
      ['filter', 'filter[status]=failed', null, null, null, null],
      ['search', '=cmd', null, null, null, null],
      ['sort', '-created_at', null, null, null, null],
      ['fields', 'text', null, null, null, null],
      ['timeZone', 'UTC', null, null, null, null],
      ['messages', 1, null, null, null, null],
      ['shortened texts', 0, null, null, null, null],
      [null, null, null, null, null, null],
      ['source', 'what', 'from', 'to', 'count', 'description'],
      ['shop', 'outcome', null, null, null, 'OK'],
      ['shop', 'completeness', null, null, null, 'UNPROVEN, HAS_GAPS, WINDOW_LIMITED'],
      [
        'shop',
        'reachesBackTo',
        new Date(at - 1000),
        null,
        null,
        'shop goes back to 2026-01-01T23:59:59.000Z; older messages may exist, but the upstream does not list them',
      ],
      ['shop', 'ROWS_HIDDEN', null, null, 2, '=Two rows'],
      [
        'shop',
        'gap',
        new Date(at),
        new Date(at + 1000),
        null,
        'shop has gaps: 2026-01-02T00:00:00.000Z to 2026-01-02T00:00:01.000Z',
      ],
    ])
    const sheet = strFromU8(unzipSync(file)['xl/worksheets/messages1.xml'] ?? new Uint8Array())
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
  })

  test.each([
    { count: 0, sheets: [['Messages', 1]] },
    { count: 3, sheets: [['Messages', 4]] },
    {
      count: 4,
      sheets: [
        ['Messages', 4],
        ['Messages 2', 2],
      ],
    },
    {
      count: 7,
      sheets: [
        ['Messages', 4],
        ['Messages 2', 4],
        ['Messages 3', 2],
      ],
    },
  ])('of $count messages begins a further sheet where one is full', async ({ count, sheets }) => {
    const messages = Array.from({ length: count }, (_, index) => exported({ text: String(index) }))
    const found = await sheetsOf(await write(messages, { rowsOfSheet: 4 }))
    expect(new Set(found.keys())).toEqual(new Set([...sheets.map(([name]) => name), 'Report']))
    expect([...found.keys()][1]).toBe('Report')
    const all = sheets.flatMap(([name, rows]) => {
      const [header, ...others] = found.get(String(name)) ?? []
      expect([header, others.length + 1]).toEqual([['text'], rows])
      return others.map(([text]) => text)
    })
    expect(all).toEqual(messages.map(({ message }) => message.text))
  })
})

test('a cell has every text, as the escapes of spreadsheets are read', () => {
  const unit = fc.constantFrom(
    '_',
    'x',
    '0',
    '5',
    'F',
    'f',
    '_x005F_',
    '\r',
    '\n',
    '\0',
    'é',
    '\uFFFF',
    '<',
    ']]>',
  )
  const decode = (xml: string): string =>
    xml
      .replaceAll(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name] ?? '')
      .replaceAll(/_x([\dA-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const text = units.join('')
      expect(decode(cellText(text).xml)).toBe(text)
      expect(cellText(text).xml).not.toMatch(/[\0-\x08\x0B-\x1F\uFFFE\uFFFF]/)
    }),
  )
})

test.each([
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
])('a time is the local one of %s, whatever the one before it was', (timeZone) => {
  const local = new LocalTime(timeZone)
  const time = fc.date({ min: new Date('1975-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(time, (date) => {
      const shown = date.toLocaleString('sv-SE', { timeZone })
      const serial = local.serialOf(date.getTime()) ?? 0
      const read = new Date((serial - 25_569) * 86_400_000)
      expect(read.toISOString().slice(0, 19).replace('T', ' ')).toBe(shown)
    }),
  )
})
