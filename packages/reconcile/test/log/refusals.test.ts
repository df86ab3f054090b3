import { describe, expect, test } from 'vitest'
import { type LogError, openLog } from '../../src/index.js'
import { AT, read, refusal } from '../support/read-log.js'

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
      'with a day that is first, with dashes',
      'id,at\n1,04-05-2026 10:00\n',
      { line: 2, column: 'at' },
      /day and month/,
    ],
    ['with a year of two digits', 'id,at\n1,24.04.26 10:00\n', { line: 2, column: 'at' }, /two digits/],
    ['with a year of the first century', 'id,at\n1,0026-04-24 10:00Z\n', { line: 2 }, /the year 0026/],
    ['with a day and an hour in digits', 'id,at\n1,2026042414\n', { line: 2, column: 'at' }, /not a time/],
    ['with a time too short for this century', 'id,at\n1,177703409\n', { line: 2 }, /not a time/],
    [
      'with days counted by a spreadsheet',
      'id;at\n1;46136,5242\n',
      { line: 2, column: 'at' },
      /spreadsheet has for a day\. In the spreadsheet, format the column as yyyy-mm-dd/,
    ],
    [
      'with a zone that is an abbreviation',
      'id,at\n1,2026-04-24 14:34:56 CEST\n',
      { line: 2, column: 'at' },
      /abbreviation.*\+02:00/,
    ],
    [
      'with an error of a spreadsheet in place of a number',
      `to,at,text\n#NAME?,${AT},Hi\n`,
      { line: 2, column: 'to', fault: 'LOST_DIGITS' },
      /an error of the spreadsheet/,
    ],
    [
      'with an id in groups of digits',
      'id,at\n"4,711",\n',
      { line: 2, column: 'id', fault: 'LOST_DIGITS' },
      /separators between its digits/,
    ],
    [
      'whose number and text are exchanged in one line',
      `to,at,text\n14155552671,${AT},Hello\nHello,${AT},14155552671\n`,
      { line: 3, column: 'to', fault: 'NUMBER' },
      /neither a phone number nor an id/,
    ],
    [
      'that ends with a total',
      `to;at;text\n14155552671;${AT};Hi\n;;1 message\n`,
      { line: 3, column: 'at', fault: 'TIME' },
      /neither a time nor an id.*a line of totals/,
    ],
    [
      'with two columns of one name but for their case',
      `to;at;text;To\n14155552671;${AT};Hi;14155552672\n`,
      { line: 1, column: 'to', fault: 'COLUMNS' },
      /the columns "to", "To" may both be the field "to".*--map to=COLUMN/,
    ],
    [
      'in single quotes',
      `'id';'at'\n'4711';'${AT}'\n`,
      { line: 1, fault: 'QUOTES' },
      /in single quotes\. Write double quotes/,
    ],
    [
      'with a number that JSON has as a decimal one',
      '{"to":4.915E+12,"text":"Hi","at":1777034096}',
      { line: 1, column: 'to', fault: 'LOST_DIGITS' },
      /4\.915E\+12 has lost digits/,
    ],
    [
      'with a list of recipients',
      `{"to":["14155552671","14155552672"],"text":"Hi","at":"${AT}"}`,
      { line: 1, column: 'to', fault: 'NOT_JSON' },
      /the value is a list\. Write one value/,
    ],
    [
      'with an object in place of a text',
      `{"to":"14155552671","text":"Hi","at":"${AT}"}\n{"to":"14155552671","text":{"body":"Hi"},"at":"${AT}"}`,
      { line: 2, column: 'text', fault: 'NOT_JSON' },
      /the value is an object/,
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
    expect((await read(log([{ id: null, ...lines[0] }, ...late]))).map(({ id }) => id)).toContain('7')
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
