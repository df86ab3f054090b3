import { describe, expect, test } from 'vitest'
import { openLog } from '../../src/index.js'
import { AT, read, refusal } from '../support/read-log.js'

function utf16(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
  return bytes
}

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
    ['1777034096,0', undefined],
    ['1777034096000000', undefined],
    ['1777034096000000000', undefined],
    ['2026-04-24 12:34:56+00', undefined],
    ['2026-04-24T12:34:56z', undefined],
    ['2026-04-24 14:34:56 +02', undefined],
    ['2026-04-24T14:34:56+02:00[Europe/Berlin]', undefined],
    ['2026-04-24T12:34:56Z[UTC]', undefined],
    ['2026-04-24 14:34:56.000 +0200 CEST', undefined],
    ['Fri, 24 Apr 2026 14:34:56 +0200', undefined],
    ['24 Apr 2026 12:34:56 GMT', undefined],
    ['Fri Apr 24 2026 14:34:56 GMT+0200 (Central European Summer Time)', undefined],
    ['Fri Apr 24 14:34:56 2026', 'Europe/Berlin'],
    ['Apr 24, 2026, 2:34:56\u202FPM', 'Europe/Berlin'],
    ['24.04.2026 14:34:56 Uhr', 'Europe/Berlin'],
    ['2026/4/24\u00A0 14:34:56', 'Europe/Berlin'],
    ['2026.04.24 14:34:56', 'Europe/Berlin'],
    ['20260424T123456Z', undefined],
    ['20260424143456', 'Europe/Berlin'],
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

test('the end of a day may be 24:00', async () => {
  const midnight = Date.parse('2026-04-25T00:00:00Z')
  expect(await read('id;at\n1;2026-04-24T24:00:00Z\n')).toMatchObject([{ at: midnight }])
  const local = await read('id;at\n1;24.04.2026 24:00\n', { timeZone: 'Europe/Berlin' })
  expect(local).toMatchObject([{ at: midnight - 7_200_000 }])
})

test('a day and a time of day in digits alone are one time', async () => {
  const log = 'NUMMER;DATUM;UHRZEIT;TEXT\n+14155552671;20260424;143456;Hi\n'
  expect(await read(log, { timeZone: 'Europe/Berlin' })).toMatchObject([{ at: TIME }])
})

test('what databases and spreadsheets write around a value, or in place of none, is left out', async () => {
  const rows = ['NULL', 'null', String.raw`\N`, 'None', 'n/a', '-', '(null)'].map(
    (id) => `${id};${AT};14155552671;Hi`,
  )
  const entries = await read(['id;at;to;text', ...rows].join('\n'))
  expect(entries.map(({ id, to, text }) => [id, to, text])).toEqual(
    rows.map(() => [null, '+14155552671', 'Hi']),
  )
  // A text may be all of that.
  expect(await read(`to;at;text\n14155552671;${AT};NULL\n`)).toMatchObject([{ text: 'NULL' }])
  const formulas = await read(`id;at;to;text\n"=""00471""";${AT};"=""+14155552671""";"=""Hi"""\n`)
  expect(formulas).toMatchObject([{ id: '00471', to: '+14155552671', text: '="Hi"' }])
  expect(await read(`id;at;to;text\n;${AT};=+14155552671;Hi\n`)).toMatchObject([{ to: '+14155552671' }])
})

test('members of objects in NDJSON are columns by their whole names', async () => {
  const line = { message: { to: '14155552671', text: { body: 'Hi' } }, meta: [1], at: AT }
  const map = { to: 'message.to', text: 'message.text.body' }
  expect(await read(JSON.stringify(line), { map })).toMatchObject([{ to: '+14155552671', text: 'Hi' }])
  const error = await refusal(JSON.stringify(line))
  expect(error.message).toContain('the columns are "meta", "at", "message.to", "message.text.body"')
})
