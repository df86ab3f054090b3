import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plainOctopodsRow } from '@waybill/emulators'
import { parse } from 'csv-parse/sync'
import readXlsxFile from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { runWaybill } from '../support/run-waybill.js'
import { parseLines, startUpstreams } from '../support/upstreams.js'

const HOUR = 3_600_000
const BEGIN = Date.parse('2026-10-05T00:00:00Z')

/** Message 1 to 8, an hour apart; all arrived but the third, which failed. */
const rows = Array.from({ length: 8 }, (_, index) =>
  plainOctopodsRow(index + 1, {
    createdAt: BEGIN + (index + 1) * HOUR,
    status: index === 2 ? 'FAILED' : 'DELIVERED',
    content: `Your code is ${index + 1}`,
  }),
)

/** An entry as the log has it: local time in Berlin, a national number. */
function entry(message: number, secondsEarlier: number, text = `Your code is ${message}`): string {
  const time = new Date(BEGIN + message * HOUR + 2 * HOUR - secondsEarlier * 1000).toISOString()
  return `${time.slice(0, 19).replace('T', ' ')};+1 (415) 555-2671;"<b>${text}</b>";delivered`
}

const LOG = [
  'Sent At;Recipient;Body;State',
  entry(2, 3),
  entry(1, 5),
  entry(3, 0),
  entry(4, 1),
  entry(5, 2, 'Never sent'),
].join('\n')

test('a log that is read in the wrong zone shows it, and what to do', async () => {
  const { cwd } = await startUpstreams({ archive: 'sqlite:./waybill.db', octopods: { rows } })
  expect((await runWaybill(['sync', 'octo'], { cwd })).code).toBe(0)
  const log = ['Sent At;Recipient;Body;State', ...rows.map((_, index) => entry(index + 1, 0))].join('\n')
  const flags = ['reconcile', '-', '--source', 'octo', '--time-zone']
  const wrong = await runWaybill([...flags, 'UTC'], { cwd, stdin: log })
  expect(wrong.stderr).toContain(
    'The times of the log may be wrong: 8 entries would match messages sent 2 h earlier than logged ' +
      '(2026-10-05T03:00:00.000Z to 2026-10-05T10:00:00.000Z).\nIf its times have no zone, give the one in which they were written (--time-zone).',
  )
  expect(wrong.code).toBe(4)
  const json = await runWaybill([...flags, 'Pacific/Kiritimati', '--json'], { cwd, stdin: log })
  expect(JSON.parse(json.stderr)).toMatchObject({ timeShifts: [{ seconds: 12 * 3600, entries: 8 }] })
  const right = await runWaybill([...flags, 'Europe/Berlin', '--json'], { cwd, stdin: log })
  expect(JSON.parse(right.stderr)).not.toHaveProperty('timeShifts')
})

test('a log is compared with the archive, and everything about it can be read', async () => {
  const { cwd } = await startUpstreams({ archive: 'sqlite:./waybill.db', octopods: { rows } })
  await writeFile(join(cwd, 'sent.csv'), LOG)
  expect((await runWaybill(['sync', 'octo'], { cwd })).code).toBe(0)
  const flags = ['--time-zone', 'Europe/Berlin', '--source', 'octo', '--until', '2026-10-05T06:30:00Z']
  const first = await runWaybill(['reconcile', 'sent.csv', ...flags, '--json'], { cwd })

  expect(
    parseLines(first.stdout).map(({ entry: place, verdict, upstreamId }) => [place, verdict, upstreamId]),
  ).toEqual([
    [1, 'MATCHED', '2'],
    [2, 'MATCHED', '1'],
    [3, 'STATUS_DIFFERS', '3'],
    [4, 'MATCHED', '4'],
    [5, 'MISSING_THERE', null],
    [null, 'MISSING_HERE', '5'],
    [null, 'MISSING_HERE', '6'],
  ])
  const summary = JSON.parse(first.stderr)
  expect(summary).toMatchObject({
    entries: 5,
    unclaimed: 2,
    verdicts: { MATCHED: 3, STATUS_DIFFERS: 1, MISSING_THERE: 1, MISSING_HERE: 2 },
    matchedFailed: 0,
    // No further than what is judged.
    sources: [{ source: 'octo', completeness: 'COMPLETE', to: '2026-10-05T06:29:59.999Z', gaps: [] }],
  })
  expect(first.code).toBe(4)

  const again = await runWaybill(['reconcile', '-', ...flags, '--json'], { cwd, stdin: LOG })
  expect(again).toEqual(first)
  const chosen = await runWaybill(['reconcile', 'sent.csv', ...flags, '--fail-on', 'stale,deleted-there'], {
    cwd,
  })
  expect(chosen.code).toBe(0)
  expect(chosen.stderr).toMatch(/MISSING_THERE +1\n/)

  const file = await runWaybill(['reconcile', 'sent.csv', ...flags, '--output', 'out.csv', '--json'], { cwd })
  expect(JSON.parse(file.stdout)).toEqual(summary)
  const csv = await readFile(join(cwd, 'out.csv'), 'utf8')
  expect(csv.split('\r\n')).toHaveLength(9)
  const { columns: names, rows: cells } = tableOf(csv)
  expect(names.slice(0, 5)).toEqual(['entry', 'verdict', 'meaning', 'reasons', 'similar'])
  expect(cells[2]).toMatchObject({
    entry: '3',
    verdict: 'STATUS_DIFFERS',
    meaning: 'The message has an earlier status than the log says, or a different final one.',
    reasons: 'status: DELIVERED in the log, FAILED in the history',
    loggedAt: '2026-10-05T03:00:00.000Z',
    loggedTo: "'+14155552671",
    loggedText: '<b>Your code is 3</b>',
    loggedStatus: 'DELIVERED',
    sentAt: '2026-10-05T03:00:00.000Z',
    to: "'+14155552671",
    text: 'Your code is 3',
    status: 'FAILED',
    rule: 'text',
    source: 'octo',
    upstreamId: '3',
  })
  expect(cells[4]).toMatchObject({ entry: '5', similar: 'octo 5 (text differs)', sentAt: '', text: '' })
  expect(cells[5]).toMatchObject({
    entry: '',
    similar: 'entry 5 (text differs)',
    text: 'Your code is 5',
    loggedText: '',
  })
  expect((await readdir(cwd)).filter((name) => name.startsWith('out'))).toEqual(['out.csv'])

  // A report that is there is replaced only where that is asked for.
  const same = ['reconcile', 'sent.csv', ...flags, '--output', 'out.csv']
  for (const flag of [[], ['--resume']]) {
    const refused = await runWaybill([...same, ...flag], { cwd })
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/out\.csv exists.*replace it with --overwrite, or choose another --output/)
  }
  expect(await readFile(join(cwd, 'out.csv'), 'utf8')).toBe(csv)
  expect((await runWaybill([...same, '--overwrite'], { cwd })).code).toBe(4)

  const workbook = [...flags, '--map', 'text=Body', '--output', 'out.XLSX']
  expect((await runWaybill(['reconcile', 'sent.csv', ...workbook], { cwd })).code).toBe(4)
  await expectWorkbook(join(cwd, 'out.XLSX'), parseLines(first.stdout))

  const guess = await runWaybill(['reconcile', 'sent.csv', ...flags, '--dry-run'], { cwd })
  expect(guess.code).toBe(0)
  expect(guess.stdout).toMatch(
    /separated by ;[\s\S]*to +Recipient\n[\s\S]*text +Body\n[\s\S]*"at":"2026-10-05T01:59:57/,
  )
  await expectResumed(cwd, flags, first.stdout)
})

/** A table in CSV, its rows by the names of the columns. */
function tableOf(csv: string): { columns: string[]; rows: Record<string, string>[] } {
  const [columns = [], ...cells] = parse(csv, { bom: true })
  return {
    columns,
    rows: cells.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? '']))),
  }
}

/** The workbook has all findings, and what they come to. */
async function expectWorkbook(path: string, lines: readonly Record<string, unknown>[]): Promise<void> {
  const [findings, report] = await readXlsxFile(path)
  expect([findings?.sheet, report?.sheet]).toEqual(['Findings', 'Report'])
  const [header = [], ...cells] = findings?.data ?? []
  const own = ['entry', 'verdict', 'rule', 'status', 'source', 'upstreamId', 'message', 'reasons', 'because']
  const places = own.map((name) => header.indexOf(name))
  expect(cells.map((row) => places.map((place) => row[place]))).toEqual(
    lines.map((line) => own.map((name) => shownAs(line[name]))),
  )
  expect(header).toEqual(expect.arrayContaining(['spanFrom', 'spanTo', 'candidates', 'duplicateOf']))
  expect(cells[0]?.[header.indexOf('loggedText')]).toBe('<b>Your code is 2</b>')
  expect(cells[0]?.[header.indexOf('text')]).toBe('Your code is 2')
  expect(cells[0]?.[header.indexOf('sentAt')]).toEqual(new Date('2026-10-05T04:00:00Z'))
  const said = (report?.data ?? []).map((row) => row.filter((cell) => cell !== null))
  expect(said).toEqual(
    expect.arrayContaining([
      ['conclusion', 'DIFFERS', 'Log and history differ.'],
      ['entries', 5],
      ['unclaimed', 2],
      ['timeZone', 'Europe/Berlin'],
      ['MATCHED', 3],
      // The log in the clocks of its own zone, from two minutes before its first entry on.
      [
        'octo',
        'COMPLETE',
        new Date('2026-10-05T02:57:55Z'),
        new Date('2026-10-05T08:29:59.999Z'),
        'octo is known in this whole span',
      ],
    ]),
  )
}

/** What a cell shows of a value in NDJSON. */
function shownAs(value: unknown = null): unknown {
  return Array.isArray(value) ? value.join('; ') || null : value
}

/** Findings are the same where the work is taken up again, and where it is that of another log it is not. */
async function expectResumed(cwd: string, flags: readonly string[], expected: string): Promise<void> {
  const args = ['reconcile', 'sent.csv', ...flags, '--output', 'out.ndjson', '--resume']
  const blocked = await runWaybill([...args.slice(0, -3), '--output', 'waybill.db/out.ndjson'], { cwd })
  expect(blocked.code).toBe(1)
  expect(blocked.stderr).toMatch(
    /waybill\.db\/out\.ndjson cannot be written: a part of its path is not a folder/,
  )
  expect(blocked.stderr).not.toContain('--resume')
  expect((await runWaybill(args, { cwd })).code).toBe(4)
  expect(await readFile(join(cwd, 'out.ndjson'), 'utf8')).toBe(expected)
}

test('a logged message that failed is MATCHED, and the summary counts it', async () => {
  const { cwd } = await startUpstreams({ archive: 'sqlite:./waybill.db', octopods: { rows } })
  expect((await runWaybill(['sync', 'octo'], { cwd })).code).toBe(0)
  const args = ['reconcile', '-', '--source', 'octo', '--fail-on', 'MISSING_THERE']
  const { code, stdout, stderr } = await runWaybill(args, { cwd, stdin: 'id\n2\n3\n' })
  expect(parseLines(stdout).slice(0, 2)).toMatchObject([
    { verdict: 'MATCHED', status: 'DELIVERED' },
    { verdict: 'MATCHED', status: 'FAILED' },
  ])
  expect(stderr).toMatch(/^MATCHED +2 \(1 of them FAILED\)$/m)
  expect(code).toBe(0)
  const { stderr: json } = await runWaybill([...args, '--json'], { cwd, stdin: 'id\n2\n3\n' })
  expect(JSON.parse(json)).toMatchObject({ verdicts: { MATCHED: 2 }, matchedFailed: 1 })
})

test('what is out of reach is CANNOT_TELL, live, and the exit code is 3', async () => {
  const { cwd } = await startUpstreams({
    octopods: {
      statusShape: 2,
      rows: Array.from({ length: 150 }, (_, index) =>
        plainOctopodsRow(index + 1, { createdAt: BEGIN + index * HOUR, status: 'READ' }),
      ),
    },
  })
  const log = [
    { at: BEGIN, to: '+14155552671', text: 'Message 1' },
    { at: BEGIN + HOUR, id: '2' },
    { at: BEGIN + 149 * HOUR, to: '+14155552671', text: 'Message 150' },
  ]
  await writeFile(join(cwd, 'sent.ndjson'), log.map((each) => JSON.stringify(each)).join('\n'))
  const { code, stdout, stderr } = await runWaybill(
    ['reconcile', 'sent.ndjson', '--source', 'octo', '--fail-on', 'MISSING_THERE,STATUS_DIFFERS'],
    { cwd },
  )
  expect(parseLines(stdout).slice(0, 3)).toMatchObject([
    { verdict: 'CANNOT_TELL', because: 'BEYOND_REACH', source: 'octo' },
    // The list does not show it any more, and it is still known by its id.
    { verdict: 'MATCHED', rule: 'id', upstreamId: '2' },
    { verdict: 'MATCHED', rule: 'text', upstreamId: '150' },
  ])
  expect(code).toBe(3)
  expect(stderr).toMatch(/octo +.* WINDOW_LIMITED/)
})

test.each([
  ['an empty log', '', /the log is empty/],
  ['a log without entries', 'id,at\n', /line 1: the log has column names but no entries/],
  ['a log without a usable column', 'a,b\n1,2\n', /line 1: no column has .*"a", "b"/],
  ['times without a zone', 'id,at\n1,2026-10-05 00:00:00\n', /line 2, column "at": the time has no zone/],
  [
    'a number that lost digits',
    'to,text,at\n4.915E+12,a,2026-10-05T00:00:00Z\n',
    /line 2, column "to": 4\.915E\+12 has lost digits/,
  ],
  ['a quote that is never closed', 'id,text\n1,"a\n2,b\n', /line 2.*a quote is opened and never closed/],
])('%s is refused with place and remedy', async (_, log, expected) => {
  const { cwd } = await startUpstreams()
  const { code, stdout, stderr } = await runWaybill(['reconcile', '-'], { cwd, stdin: log })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(expected)
})

test('everything that is wrong with the flags is reported at once', async () => {
  const { cwd } = await startUpstreams()
  const flags = ['--window', '2m', '--map', 'body=Text', '--resume']
  const { code, stderr } = await runWaybill(['reconcile', '-', ...flags], { cwd })
  expect(code).toBe(2)
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.split(': ')[1]),
  ).toEqual(['--resume needs --output FILE', '--resume needs a log in a file', '--window', '--map'])
  expect((await runWaybill(['reconcile', 'no-such.csv'], { cwd })).stderr).toMatch(
    /no-such\.csv cannot be read: the file does not exist/,
  )
  expect((await runWaybill(['reconcile', '.'], { cwd })).stderr).toMatch(/\. is a folder/)
})
