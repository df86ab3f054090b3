import { describe, expect, test } from 'vitest'
import { type ChosenLog, mappingOf, momentOf, reconcileParameters } from '../../src/reconcile/log-mapping.js'
import { readTable } from '../../src/reconcile/log-table.js'

async function choose(text: string, change: Partial<ChosenLog> = {}): Promise<ChosenLog> {
  const file = new File([text], 'log.csv')
  const table = await readTable(file, null)
  return { file, table, given: {}, timeZone: 'Europe/Berlin', country: '', sources: [], ...change }
}

describe('a log with the day and the time of day in two columns', () => {
  const TEXT = 'Date;Time;To;Text\n05.10.2026;14:00;+4930231380;Hello\n;;+4930231380;Hello\n'

  test('is read from both, and sent with both', async () => {
    const log = await choose(TEXT)
    expect(mappingOf(log)).toEqual({
      map: { to: 'To', text: 'Text', at: 'Date', timeOfDay: 'Time' },
      problem: null,
    })
    expect(log.table.rows.map((row) => momentOf(log, row))).toEqual([
      Date.parse('2026-10-05T12:00:00Z'),
      null,
    ])
    expect(new URLSearchParams(reconcileParameters(log)).getAll('map')).toEqual(
      expect.arrayContaining(['at=Date', 'timeOfDay=Time']),
    )
  })

  test('needs its day', async () => {
    const given = { at: null, timeOfDay: 'Time' }
    expect(mappingOf(await choose(TEXT, { given })).problem).toBe('noTime')
  })
})

test.each([
  ['a time that cannot be read', 'id;at\n1;soon\n', 'UTC', null],
  ['a time without a zone, where the zone is unknown', 'id;at\n1;2026-10-05 14:00\n', 'Nowhere', null],
  ['a time in the zone of the log', 'id;at\n1;2026-10-05 14:00\n', 'Asia/Tokyo', '2026-10-05T05:00:00Z'],
  ['a time with a zone', 'id;at\n1;2026-10-05T14:00:00+02:00\n', 'Asia/Tokyo', '2026-10-05T12:00:00Z'],
])('the moment of an entry is known as far as its time is: %s', async (_, text, timeZone, iso) => {
  const log = await choose(text, { timeZone })
  expect(momentOf(log, log.table.rows[0] ?? [])).toBe(iso === null ? null : Date.parse(iso))
})

test('two columns of one field need a choice, and single quotes are named', async () => {
  const twofold = 'to;To;at;text\n1;2;2026-10-05T14:00:00Z;Hi\n'
  expect(mappingOf(await choose(twofold)).problem).toBe('ambiguous')
  expect(mappingOf(await choose(twofold, { given: { to: 'To' } }))).toMatchObject({
    map: { to: 'To' },
    problem: null,
  })
  expect(mappingOf(await choose("'id';'at'\n'1';'2026-10-05T14:00:00Z'\n")).problem).toBe('quoted')
  expect(mappingOf(await choose('to;to;at;text\n1;2;3;4\n')).problem).toBe('twice')
  expect(mappingOf(await choose('+4930231380;Hi\n')).problem).toBe('noNames')
})
