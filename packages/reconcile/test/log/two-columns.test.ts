import { describe, expect, test } from 'vitest'
import { type ColumnMap, guessColumns, type LogError, openLog, type ReadLogOptions } from '../../src/index.js'

const NOON = Date.parse('2026-10-05T12:00:00Z')

async function timesOf(log: string, options: ReadLogOptions = {}): Promise<(number | null)[]> {
  const { entries } = await openLog([Buffer.from(log)], { timeZone: 'Europe/Berlin', ...options })
  const times: (number | null)[] = []
  for await (const { at } of entries) times.push(at)
  return times
}

function logOf(day: string, time: string): string {
  return `id;Date;Time\n1;${day};${time}\n`
}

describe('a day and a time of day in two columns', () => {
  test.each<[string, string]>([
    ['2026-10-05', '14:00'],
    ['2026-10-05', '14:00:00.000'],
    ['05.10.2026', '14:00:00'],
    ['5.10.2026', '14:00'],
    ['2026/10/5', '2:00 PM'],
    ['2026-10-05', '02:00:00 p.m.'],
    ['2026-10-05', '12:00Z'],
    ['2026-10-05', '12:00:00 UTC'],
    ['2026-10-05', '17:30 +05:30'],
    ['2026-10-05 00:00:00', '14:00'],
    ['2026-10-05T00:00:00.000', '14:00'],
    ['2026-10-05', '2026-10-05T14:00:00'],
    ['2026-10-05', '2026-10-05 14:00'],
    ['2026-10-05T14:00:00', ''],
    ['2026-10-05T12:00:00Z', '9:00'],
    ['', '2026-10-05 14:00'],
  ])('are one time: "%s" and "%s"', async (day, time) => {
    expect(await timesOf(logOf(day, time))).toEqual([NOON])
  })

  test.each<[string, number]>([
    ['12:00 AM', 0],
    ['12:30 am', 0.5],
    ['9:05 AM', 9 + 5 / 60],
    ['12:00 PM', 12],
    ['11:59 PM', 23 + 59 / 60],
  ])('may have hours from 1 to 12: %s', async (time, hours) => {
    const times = await timesOf(logOf('2026-10-05', time), { timeZone: 'UTC' })
    expect(times).toEqual([Date.parse('2026-10-05T00:00:00Z') + hours * 3_600_000])
    expect(await timesOf(`id;at\n1;2026-10-05 ${time}\n`, { timeZone: 'UTC' })).toEqual(times)
  })

  test.each<[string, string, Partial<LogError>, RegExp]>([
    [
      '2026-10-05',
      '',
      { fault: 'NO_TIME_OF_DAY', column: 'Date' },
      /a day without a time of day.*--map timeOfDay=/,
    ],
    ['', '14:00', { fault: 'NO_DAY', column: 'Time' }, /a time of day without a day.*--map at=/],
    ['2026-10-05', 'noon', { fault: 'TIME', column: 'Time' }, /not a time/],
    ['2026-10-05', '14:61', { fault: 'TIME', column: 'Date' }, /not a time/],
    ['2026-10-05', '13:00 PM', { fault: 'TIME', column: 'Date' }, /not a time/],
    ['10/05/2026', '14:00', { fault: 'TIME', column: 'Date' }, /day and month cannot be distinguished/],
  ])('are refused where they make none: "%s" and "%s"', async (day, time, place, message) => {
    const error: unknown = await timesOf(logOf(day, time)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ line: 2, ...place })
    expect(String(error)).toMatch(message)
  })

  test.each<[string, string[], ColumnMap]>([
    ['English names', ['Date', 'Time'], { at: 'Date', timeOfDay: 'Time' }],
    ['German names', ['Uhrzeit', 'Datum'], { at: 'Datum', timeOfDay: 'Uhrzeit' }],
    [
      'German names of the rest',
      ['Empfänger', 'Nachricht', 'Datum', 'Uhrzeit', 'Referenz'],
      { to: 'Empfänger', text: 'Nachricht', at: 'Datum', timeOfDay: 'Uhrzeit', reference: 'Referenz' },
    ],
    ['a German time alone', ['Telefonnummer', 'Zeitpunkt'], { to: 'Telefonnummer', at: 'Zeitpunkt' }],
    ['longer names', ['sent_date', 'sent_time'], { at: 'sent_date', timeOfDay: 'sent_time' }],
    ['the day alone', ['Date'], { at: 'Date' }],
    ['the time alone', ['Time'], { at: 'Time' }],
    ['a whole time beside them', ['Date', 'Time', 'Timestamp'], { at: 'Timestamp' }],
    [
      'the day is called a status',
      ['Day', 'Time', 'Status'],
      { at: 'Day', timeOfDay: 'Time', status: 'Status' },
    ],
  ])('are guessed from the names of the columns: %s', (_, columns, map) => {
    expect(guessColumns(columns)).toEqual(map)
  })

  test.each<[string, Parameters<typeof guessColumns>[1], ColumnMap]>([
    ['both', { at: 'When', timeOfDay: 'Clock' }, { at: 'When', timeOfDay: 'Clock' }],
    ['the day', { at: 'Date' }, { at: 'Date', timeOfDay: 'Time' }],
    ['the time of day', { timeOfDay: 'Clock' }, { at: 'Date', timeOfDay: 'Clock' }],
    ['a whole time', { at: 'When' }, { at: 'When' }],
    ['a whole time in the column of the time', { at: 'Time' }, { at: 'Time' }],
    ['no time of day', { timeOfDay: null }, { at: 'Time' }],
    ['no time', { at: null }, {}],
  ])('are taken as they are given: %s', (_, given, map) => {
    expect(guessColumns(['Date', 'Time', 'When', 'Clock'], given)).toEqual(map)
  })

  test('are refused where the day is missing', async () => {
    const map = { at: null, timeOfDay: 'Time' }
    await expect(timesOf(logOf('2026-10-05', '14:00'), { map })).rejects.toThrow(/no column has the day/)
  })

  test('are read from NDJSON, and a later member named time is not missed', async () => {
    const lines = [
      { id: 1, date: '2026-10-05', time: '14:00' },
      { id: 2, date: '2026-10-05', time: '14:00' },
    ]
    expect(await timesOf(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual([NOON, NOON])
    const many = [
      ...Array.from({ length: 3000 }, (_, id) => ({ id, at: '2026-10-05T14:00:00' })),
      { id: 0, at: '2026-10-05T14:00:00', time: 'x' },
    ]
    expect(await timesOf(many.map((line) => JSON.stringify(line)).join('\n'))).toHaveLength(3001)
  })
})
