import { describe, expect, test } from 'vitest'
import { type LogEntry, LogError, openLog, type ReadLogOptions } from '../../src/index.js'

/** Every byte is a chunk of its own, so that no reading depends on how a file is cut. */
function* bytewise(bytes: Uint8Array): Iterable<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte)
}

async function read(log: string | Uint8Array, options: ReadLogOptions = {}): Promise<LogEntry[]> {
  const bytes = typeof log === 'string' ? new TextEncoder().encode(log) : log
  const opened = await openLog(bytes.length < 2000 ? bytewise(bytes) : [bytes], options)
  const entries: LogEntry[] = []
  for await (const entry of opened.entries) entries.push(entry)
  return entries
}

async function refusal(log: string | Uint8Array, options: ReadLogOptions = {}): Promise<LogError> {
  const error = await read(log, options).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(LogError)
  return error as LogError
}

function utf16(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
  return bytes
}

const AT = '2026-04-24T12:34:56Z'
const TIME = Date.parse(AT)
const ENTRY = { entry: 1, at: TIME, to: '+14155552671', text: 'Grüße, "you"', status: 'DELIVERED' }
const CSV = `to,at,text,status\n14155552671,${AT},"Grüße, ""you""",delivered\n`

describe('a log that can be read', () => {
  test.each([
    ['commas', CSV],
    ['semicolons', `to;at;text;status\n14155552671;${AT};"Grüße, ""you""";delivered\n`],
    [
      'numbers that are guarded from spreadsheets',
      `to,at,text,status\n'+14155552671,${AT},"Grüße, ""you""",delivered\n`,
    ],
    ['tabs', `to\tat\ttext\tstatus\n14155552671\t${AT}\t"Grüße, ""you"""\tDelivered\n`],
    [
      'bars, and no line break at the end',
      `to|at|text|status\n14155552671|${AT}|"Grüße, ""you"""|READ`.replace('READ', 'DELIVERED'),
    ],
    ['a byte-order mark', `\uFEFF${CSV}`],
    ['line breaks of Windows', CSV.replaceAll('\n', '\r\n')],
    ['an announced delimiter', `sep=;\r\nto;at;text;status\r\n14155552671;${AT};"Grüße, ""you""";delivered`],
    ['empty lines', `${CSV.replace('\n', '\n\n')}\n\n`],
    ['line breaks of an old Macintosh', CSV.replaceAll('\n', '\r')],
    ['line breaks of several systems', CSV.replace('\n', '\r\n').replace('to,', '\n\r\nto,')],
    ['rows of empty cells', `${CSV},,,\n  ,,,\n   \n`],
    ['the number as a decimal number', CSV.replace('14155552671', '14155552671.0')],
    ['UTF-16, little end first', utf16(`\uFEFF${CSV}`, true)],
    ['UTF-16, big end first', utf16(`\uFEFF${CSV}`, false)],
    ['UTF-16 without a mark', utf16(CSV, true)],
    ['UTF-16 without a mark, big end first', utf16(CSV, false)],
    [
      'UTF-16 without a mark, other letters first',
      utf16(`Заметка;${CSV.replaceAll(',', ';').replace('Grüße;', 'Grüße,').replace('\n', '\n;')}`, true),
    ],
    [
      'NDJSON',
      `${JSON.stringify({ to: 14_155_552_671, at: AT, text: 'Grüße, "you"', status: 'delivered' })}\n`,
    ],
    [
      'NDJSON whose objects have other orders',
      `\n{"status":"delivered","text":"Grüße, \\"you\\"","at":"${AT}","to":"+14155552671"}`,
    ],
  ])('with %s', async (_, log) => {
    const [entry, ...others] = await read(log)
    expect(entry).toMatchObject(ENTRY)
    expect(others).toEqual([])
  })

  test('in an encoding that is given', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('id,text\n1,Gr'), 0xfc, 0xdf, 0x65])
    expect(await read(bytes, { encoding: 'windows-1252' })).toMatchObject([{ id: '1', text: 'Grüße' }])
    expect(await refusal(bytes)).toMatchObject({ line: 2, message: expect.stringContaining('windows-1252') })
  })

  test.each([
    ['2026-04-24T14:34:56+02:00', undefined],
    ['2026-04-24 14:34:56', 'Europe/Berlin'],
    ['24.04.2026 14:34:56', 'Europe/Berlin'],
    ['2026-04-24 14:34:56 +0200', undefined],
    ['2026-04-24 12:34:56 UTC', undefined],
    ['1777034096', undefined],
    ['1777034096000', undefined],
  ])('with the time written as %s', async (at, timeZone) => {
    expect(await read(`id;at\n1;${at}\n`, { timeZone })).toMatchObject([{ at: TIME }])
  })

  test('with a time zone whose clocks change', async () => {
    const times = ['2026-03-29 01:59:59', '2026-03-29 03:00:00', '2026-10-25 01:59:59', '2026-10-25 03:00:00']
    const log = `id,at\n${times.map((at, index) => `${index},${at}`).join('\n')}`
    const entries = await read(log, { timeZone: 'Europe/Berlin' })
    expect(entries.map(({ at }) => new Date(at ?? 0).toISOString())).toEqual([
      '2026-03-29T00:59:59.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-10-24T23:59:59.000Z',
      '2026-10-25T02:00:00.000Z',
    ])
  })

  test('whatever its columns are called: they are guessed, or given', async () => {
    const log =
      'Message ID,Phone Number,Sent At,Body,Delivery-Status,Note\n7,14155552671,1777034096,Hi,SENT,x\n'
    const opened = await openLog([new TextEncoder().encode(log)])
    expect(opened.map).toEqual({
      id: 'Message ID',
      to: 'Phone Number',
      at: 'Sent At',
      text: 'Body',
      status: 'Delivery-Status',
    })
    const [entry] = await read(log, { map: { reference: 'Message ID' } })
    expect(entry).toMatchObject({ id: null, reference: '7', text: 'Hi' })
  })

  test('with national numbers, where their country is set', async () => {
    const national = {
      country: 'DE',
      isInternational: () => true,
      readNumber: (digits: string) => (digits.startsWith('0') ? `+49${digits.slice(1)}` : null),
      readPrefix: () => null,
    }
    const log = `to,at,text\n030 23125380,${AT},Hi\nwhatsapp:+49 30 23125380,${AT},Hi`
    expect((await read(log, { national })).map(({ to }) => to)).toEqual(['+493023125380', '+493023125380'])
    const error = await refusal(log)
    expect(error).toMatchObject({
      line: 2,
      column: 'to',
      message: expect.stringContaining('national number'),
    })
  })

  test('with times in the clocks of a zone, the year first or last', async () => {
    const options = { timeZone: 'Europe/Berlin' }
    const at = Date.parse('2026-04-04T08:05:00Z')
    expect(await read('id,at\n1,2026/4/04 10:05\n2,2026-04-04 10:05:00\n', options)).toMatchObject([
      { at },
      { at },
    ])
    expect(await read('id,at\n1,4.4.2026 10:05\n', options)).toMatchObject([{ at }])
  })

  test('with WhatsApp ids under the name of ids', async () => {
    expect(await read('message_id,at\nwamid.HBgN,1777034096')).toMatchObject([
      { id: null, whatsappId: 'wamid.HBgN' },
    ])
  })

  test('numbers its entries, and keeps repeated ids', async () => {
    expect((await read('id\n7\n7\n')).map(({ entry, id }) => [entry, id])).toEqual([
      [1, '7'],
      [2, '7'],
    ])
  })
})

describe('a log that cannot be read is refused', () => {
  test.each<[string, string | Uint8Array, Partial<LogError>, RegExp]>([
    ['empty', '', { line: null, fault: 'EMPTY' }, /the log is empty\. Give a log/],
    ['empty but for white space', ' \n\n', { line: null }, /the log is empty/],
    ['without an entry', 'id,at\n', { line: 1, fault: 'EMPTY' }, /no entries/],
    [
      'a ZIP file of what nobody knows',
      Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9),
      { line: null, fault: 'COMPRESSED' },
      /this is a ZIP file\. Unpack it first/,
    ],
    [
      'HTML',
      '<html><table><tr><td>id</td></tr></table></html>',
      { line: 1, fault: 'NOT_A_LOG' },
      /HTML or XML\. Save the sheet/,
    ],
    [
      'a form',
      '--boundary\r\nContent-Disposition: form-data; name="log"\r\n\r\nid\n1\r\n--boundary--\r\n',
      { line: 1 },
      /Send the log itself as the body/,
    ],
    [
      'with a NUL character',
      'id,text\n1,a\n2,b\0c\n',
      { line: 3, fault: 'ENCODING' },
      /a NUL character.*Give a text file/,
    ],
    ['whose end was never written', `id,text\n1,a\n${'\0'.repeat(200)}`, { line: 3 }, /a NUL character/],
    ['a JSON array', '[{"id":1}]', { line: 1 }, /one JSON object a line/],
    ['not CSV', 'just some text\nand more\n', { line: 1 }, /no column has an id.*"just some text"/],
    [
      'without names',
      `+1 415 555-2671,${AT},Hi\n`,
      { line: 1 },
      /^line 1: the first line has values instead of column names\. Put a line/,
    ],
    ['with a mistake below an announced delimiter', 'sep=;\nid;text\n1;a\n2;a;b\n', { line: 4 }, /3 values/],
    ['without a time', 'to,text\n14155552671,Hi\n', { line: 1, fault: 'COLUMNS' }, /no column has the time/],
    [
      'with a quote that is not closed',
      'id,text\n1,a\n2,"b\n3,c\n',
      { line: 3, fault: 'QUOTES' },
      /opened and never closed/,
    ],
    ['with a quote inside of a value', 'id,text\n1,a"b\n', { line: 2, column: 2 }, /a quote inside/],
    [
      'with too many values',
      'id,text\n1,a,b\n',
      { line: 2, fault: 'WIDTH' },
      /3 values for 2 columns\. Enclose/,
    ],
    ['with too few values', 'id,text,at\n1,a\n', { line: 2 }, /2 values for 3 columns/],
    ['with a column twice', 'id,id\n1,2\n', { line: 1, column: 'id' }, /occurs twice/],
    [
      'with a number that a spreadsheet has cut',
      `to,at,text\n4.915E+12,${AT},Hi\n`,
      { line: 2, column: 'to', fault: 'LOST_DIGITS' },
      /4\.915E\+12 has lost digits\. In the spreadsheet/,
    ],
    [
      'with an id that a spreadsheet has cut',
      'id\n9,87654E+18\n'.replace('9,', '"9,').replace('18', '18"'),
      { line: 2, column: 'id' },
      /lost digits/,
    ],
    [
      'with an id that became a decimal number and lost digits',
      'id\n9876543210987654321.0\n',
      { line: 2, column: 'id' },
      /the number has lost digits/,
    ],
    [
      'with a number that JSON has cut',
      '{"id":12345678901234567890}',
      { line: 1, column: 'id' },
      /as a text, in quotes/,
    ],
    [
      'with a time without a zone',
      'id,at\n1,2026-04-24 12:34:56\n',
      { line: 2, column: 'at' },
      /has no zone\. Give the time zone/,
    ],
    [
      'with times written in two ways',
      `id,at\n1,${AT}\n2,1777034096\n`,
      { line: 3, column: 'at', fault: 'TIME' },
      /that of line 2 as ISO 8601 with a zone/,
    ],
    [
      'with a time that can be two',
      'id,at\n1,04/05/2026 10:00\n',
      { line: 2, column: 'at' },
      /day and month/,
    ],
    [
      'with a day that does not exist',
      'id,at\n1,2026-02-30T10:00:00Z\n',
      { line: 2, column: 'at' },
      /not a time/,
    ],
    [
      'with an unknown status',
      'id,status\n1,deliverd\n',
      { line: 2, column: 'status', fault: 'STATUS' },
      /Did you mean delivered\?/,
    ],
    ['with a line that is not JSON', '{"id":1}\n{"id":\n', { line: 2 }, /not JSON/],
    [
      'with a line that is not an object',
      '{"id":1}\n7\n',
      { line: 2, fault: 'NOT_JSON' },
      /not a JSON object/,
    ],
  ])('%s', async (_, log, place, message) => {
    const error = await refusal(log)
    expect(error).toMatchObject({ ...place, code: 'BAD_USER_INPUT' })
    expect(error.message).toMatch(message)
  })

  test('with a local time that occurs twice, or never', async () => {
    const timeZone = 'Europe/Berlin'
    expect((await refusal('id,at\n1,2026-10-25 02:30:00', { timeZone })).message).toMatch(/twice.*\+01:00/)
    expect((await refusal('id,at\n1,2026-03-29 02:30:00', { timeZone })).message).toMatch(/skipped/)
    expect((await refusal('id,at\n1,2026-03-29 02:30:00', { timeZone: 'Berlin' })).message).toMatch(/IANA/)
  })

  test('where a column is given that does not exist', async () => {
    const error = await refusal('reciever,at,text\n1,2,3\n', { map: { to: 'receiver' } })
    expect(error.message).toMatch(/field "to" does not exist. Did you mean "reciever"\?/)
  })

  test('where a column of NDJSON begins so late that it would not be read', async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => ({
      to: '14155552671',
      text: `${index} ${'x'.repeat(40)}`,
      at: AT,
    }))
    const late = [...lines, { id: '7', ...lines[0] }, { note: 'a name that no field has', ...lines[0] }]
    const log = (objects: readonly object[]): string => objects.map((each) => JSON.stringify(each)).join('\n')
    expect(await refusal(log(late))).toMatchObject({
      line: 2001,
      column: 'id',
      message: expect.stringContaining('Write it in the first line too, as null'),
    })
    expect(await read(log(late), { map: { id: null } })).toHaveLength(2002)
    expect((await read(log([{ id: null }, ...late]))).map(({ id }) => id)).toContain('7')
  })

  test.each([
    ['CSV', `id,text\n1,a\n2,"${'x'.repeat(2_000_000)}"\n`, 3],
    ['CSV that is one chunk', `id,text\n1,"${'x'.repeat(10_000_000)}"\n`, 2],
    ['CSV without an end', `id,text\n1,a\n2,"${'x'.repeat(2_000_000)}`, 3],
    ['NDJSON', `{"id":1}\n{"id":2,"text":"${'x'.repeat(2_000_000)}"}\n`, 2],
  ])('where an entry is too long: %s', async (_, log, line) => {
    const error = await refusal(log)
    expect(error.message).toMatch(/more than 1048576 characters/)
    expect(error.line).toBe(line)
    expect(error.message.length).toBeLessThan(300)
  })

  test('only where it is read: entries before are given', async () => {
    const opened = await openLog([new TextEncoder().encode('id\n1\n2\n4.9E+12\n')])
    const seen: (string | null | undefined)[] = []
    await expect(async () => {
      for await (const { id } of opened.entries) seen.push(id)
    }).rejects.toThrow('line 4, column "id"')
    expect(seen).toEqual(['1', '2'])
  })

  test('without quoting numbers or texts', async () => {
    const error = await refusal('id,to,text\n1,14155552671,"My secret""\n')
    expect(error.message).not.toMatch(/secret|1415/)
  })
})

test('a log is read as it arrives, and is not held', async () => {
  let given = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('id,text\n')
    for (; given < 200; given++) yield new TextEncoder().encode(`${given},${'x'.repeat(10_000)}\n`)
  }
  const { entries } = await openLog(chunks())
  for await (const { entry } of entries) {
    expect(given).toBeLessThan(entry + 60)
    if (entry === 100) break
  }
})
