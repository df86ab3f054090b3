import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { bearerAuth, startHarness } from './support/harness.js'
import { SERVER_TOKEN } from './support/secrets.js'
import { startUpstreams, type Upstreams } from './support/upstreams.js'

const HOUR = 3_600_000
const BEGIN = Date.parse('2026-10-05T00:00:00Z')
const timeOf = (message: number): string => new Date(BEGIN + message * HOUR).toISOString()

/** Messages 1 to 4, an hour apart. */
const ROWS = [1, 2, 3, 4].map((id) =>
  plainOctopodsRow(id, { createdAt: BEGIN + id * HOUR, status: 'DELIVERED', content: `Your code is ${id}` }),
)

const ENTRIES = [
  { to: '+14155552671', text: 'Your code is 2', at: timeOf(2) },
  { id: '1', at: timeOf(1) },
  { to: '+14155552671', text: 'Never sent', at: timeOf(4) },
]
const CSV = [
  'to;text;at;id',
  ...ENTRIES.map(({ to = '', text = '', at, id = '' }) => [to, text, at, id].join(';')),
].join('\n')

function start(): Promise<Upstreams> {
  return startUpstreams({ octopods: { rows: ROWS } })
}

interface Line {
  readonly entry: number | null
  readonly verdict: string
  readonly upstreamId: string | null
}

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers,
})

const QUERY = `query ($entries: [LogEntryInput!]!, $options: ReconcileOptionsInput) {
  reconcile(entries: $entries, options: $options) {
    agreement entries unclaimed
    verdicts { verdict count }
    sources { source { key } completeness from to gaps { from to } }
    findings { entry verdict rule upstreamId messageId message { text } because span { from to } source { key } }
  }
}`

describe('a log that is reconciled over HTTP', () => {
  test('has one line for each entry and each unclaimed message, and the counts in the headers', async () => {
    const { get, ask } = await start()
    const answer = await get('/reconcile?source=octo', post(CSV, { 'content-type': 'text/csv' }))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(answer.headers.get('waybill-reconciliation')).toBe(
      'DIFFERS, entries=3, unclaimed=2, MATCHED=2, MISSING_THERE=1, MISSING_HERE=2',
    )
    expect(answer.headers.get('waybill-completeness')).toBe('octo=COMPLETE')
    expect(answer.headers.get('waybill-compared')).toBe('2026-10-05T00:58:00.000Z/2026-10-05T04:10:00.000Z')
    expect(
      linesOf(answer.text).map(({ entry, verdict, upstreamId }) => [entry, verdict, upstreamId]),
    ).toEqual([
      [1, 'MATCHED', '2'],
      [2, 'MATCHED', '1'],
      [3, 'MISSING_THERE', null],
      [null, 'MISSING_HERE', '3'],
      [null, 'MISSING_HERE', '4'],
    ])
    const ndjson = ENTRIES.map((entry) => JSON.stringify(entry)).join('\n')
    expect((await get('/reconcile?source=octo', post(ndjson))).text).toBe(answer.text)

    const { data, errors } = await ask(QUERY, { entries: ENTRIES, options: { sources: ['octo'] } })
    expect(errors).toEqual([])
    const { findings, ...summary } = (data ?? {})['reconcile'] as { findings: Line[] }
    expect(summary).toMatchObject({
      agreement: 'DIFFERS',
      entries: 3,
      unclaimed: 2,
      verdicts: [
        { verdict: 'MATCHED', count: 2 },
        { verdict: 'MISSING_THERE', count: 1 },
        { verdict: 'MISSING_HERE', count: 2 },
      ],
      sources: [{ source: { key: 'octo' }, completeness: 'COMPLETE', gaps: [] }],
    })
    expect(findings[0]).toMatchObject({ rule: 'TEXT', message: { text: 'Your code is 2' } })
    expect(findings.map(({ entry, verdict, upstreamId }) => [entry, verdict, upstreamId])).toEqual(
      linesOf(answer.text).map(({ entry, verdict, upstreamId }) => [entry, verdict, upstreamId]),
    )
  })

  test('can be a table, with the fields of entries and messages', async () => {
    const { get, url } = await start()
    const csv = await get('/reconcile?source=octo&format=csv', post(CSV))
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const [header = '', ...rows] = csv.text.trimEnd().split('\r\n')
    expect(header).toMatch(/^\uFEFF?entry,verdict,meaning,reasons,similar,loggedAt,loggedTo,loggedText,/)
    expect(rows).toHaveLength(5)
    expect(rows[0]).toContain(`${timeOf(2)},'+14155552671,Your code is 2,`)
    expect(rows[2]).toContain('octo 4 (text differs)')
    const response = await fetch(
      `${url}/reconcile?source=octo&format=xlsx&time-zone=Europe/Berlin`,
      post(CSV),
    )
    expect(response.headers.get('content-type')).toMatch(/spreadsheetml\.sheet$/)
    const [findings, report] = await readXlsxFile(Buffer.from(await response.arrayBuffer()))
    expect([findings?.sheet, findings?.data.length, report?.sheet]).toEqual(['Findings', 6, 'Report'])
    const refused = await get('/reconcile?format=pdf', post(CSV))
    expect([refused.status, refused.text]).toEqual([
      400,
      expect.stringContaining('format: choose from ndjson, csv, xlsx'),
    ])
  })

  test('has its summary alone where that is asked for, and takes the flags of the command', async () => {
    const { get } = await start()
    const query = new URLSearchParams([
      ['summary', 'only'],
      ['source', 'octo'],
      ['map', 'to=Who'],
      ['map', 'text=What'],
      ['time-zone', 'Europe/Berlin'],
      ['default-country', 'US'],
      ['window', '-1m..1m'],
      ['until', timeOf(3)],
    ])
    const log = 'Who,What,At\n(415) 555-2671,Your code is 2,2026-10-05 04:00:30\n'
    const answer = await get(`/reconcile?${query}`, post(log))
    expect(JSON.parse(answer.text)).toMatchObject({ entries: 1, unclaimed: 0, verdicts: { MATCHED: 1 } })
    expect(answer.headers.get('waybill-reconciliation')).toMatch(/^AGREES, /)
  })

  test('whose times are all wrong by the same hours shows by how many, in the header, the summary and GraphQL', async () => {
    const rows = Array.from({ length: 16 }, (_, id) =>
      plainOctopodsRow(id, {
        createdAt: BEGIN + id * HOUR,
        status: 'DELIVERED',
        content: `Your code is ${id}`,
      }),
    )
    const { get, ask } = await startUpstreams({ octopods: { rows } })
    const entries = rows.map((_, id) => ({
      to: '+14155552671',
      text: `Your code is ${id}`,
      at: timeOf(id + 2),
    }))
    const log = entries.map((entry) => JSON.stringify(entry)).join('\n')
    const answer = await get('/reconcile?source=octo&summary=only', post(log))
    const [shift] = (JSON.parse(answer.text) as { timeShifts: { from: string; to: string }[] }).timeShifts
    expect(shift).toMatchObject({
      seconds: -7200,
      entries: expect.toSatisfy((count: number) => count >= 10) as number,
    })
    expect(answer.headers.get('waybill-time-shifts')).toMatch(
      /^seconds=-7200; entries=\d+; logged=2026-10-05T\d\d:00:00\.000Z\/2026-10-05T\d\d:00:00\.000Z$/,
    )
    const query = `query ($entries: [LogEntryInput!]!) {
      reconcile(entries: $entries, options: { sources: ["octo"] }) { timeShifts { seconds entries from to } }
    }`
    expect((await ask(query, { entries })).data).toEqual({ reconcile: { timeShifts: [shift] } })
    expect(
      (await ask(query, { entries: entries.map((each, id) => ({ ...each, at: timeOf(id) })) })).data,
    ).toEqual({
      reconcile: { timeShifts: [] },
    })
  })

  test('is CANNOT_TELL where its source fails, and says so', async () => {
    const { get, octopods } = await start()
    octopods.faults.when(() => true, { kind: 'status', status: 400 })
    const answer = await get('/reconcile?source=octo', post(CSV))
    expect(answer.headers.get('waybill-completeness')).toBe('octo=UNKNOWN')
    expect(linesOf(answer.text)).toMatchObject([
      { verdict: 'CANNOT_TELL', because: 'SOURCE_FAILED', source: 'octo' },
      { verdict: 'CANNOT_TELL', because: 'SOURCE_FAILED' },
      { verdict: 'CANNOT_TELL', because: 'SOURCE_FAILED' },
    ])
  })

  test.each([
    ['an empty log', '', '', /the log is empty/, { fault: 'EMPTY', line: null, column: null }],
    [
      'a log without a zone, in the words of a query string',
      '',
      'id,at\n1,2026-10-05 00:00:00',
      /line 2, column "at": the time has no zone\. Give the time zone of the log \(time-zone=Europe\/Berlin, for example\)/,
      { fault: 'TIME', line: 2, column: 'at' },
    ],
    [
      'a log without a known column, in the words of a query string',
      '',
      'a,b\n1,2\n',
      /for example with map=to=COLUMN\./,
      { fault: 'COLUMNS', line: 1, column: null },
    ],
    [
      'a log with national numbers, in the words of a query string',
      '',
      'to,text,at\n030 23125380,a,2026-10-05T00:00:00Z\n',
      /\(default-country=DE\)/,
      { fault: 'NUMBER', line: 2, column: 'to' },
    ],
    [
      'a log of one endless line',
      '',
      `id,text\n1,${'x'.repeat(1_100_000)}`,
      /line 2: the entry has more than/,
      { fault: 'TOO_LONG', line: 2, column: null },
    ],
    [
      'an unknown time zone',
      '?time-zone=Berlin',
      CSV,
      /time-zone: "Berlin" is no IANA time zone/,
      { fault: 'TIME_ZONE' },
    ],
    [
      'an unknown country',
      '?time-zone=Europe/Berlin&default-country=XX',
      CSV,
      /default-country: expected a country, such as DE, found "XX"/,
      { fault: 'COUNTRY' },
    ],
    [
      'an unknown window beside a country and a time zone that are right',
      '?time-zone=Europe/Berlin&default-country=de&window=10m',
      CSV,
      /window: expected two durations/,
      {},
    ],
    ['an unknown parameter', '?sources=octo', CSV, /"sources" is no parameter\. Did you mean source\?/, {}],
    ['an unknown source', '?source=octopus', CSV, /unknown source "octopus"\. Choose from octo, shop/, {}],
    ['a window without two ends', '?window=10m', CSV, /window: expected two durations/, {}],
  ])(
    'is refused, with the kind and the place of a mistake in the log: %s',
    async (_, query, log, expected, mistake) => {
      const { get } = await start()
      const { status, text } = await get(`/reconcile${query}`, post(log))
      expect(status).toBe(400)
      const [error] = (JSON.parse(text) as { errors: { message: string; extensions: object }[] }).errors
      expect(error?.message).toMatch(expected)
      expect(error?.extensions).toEqual({ code: 'BAD_USER_INPUT', ...mistake })
    },
  )

  test('is refused where it is larger than the configuration allows', async () => {
    const { get } = await startHarness({ limits: { maxLogBytes: 100 } })
    const { status, text } = await get('/reconcile', post(CSV))
    expect(status).toBe(413)
    expect(text).toContain('at most 100 bytes (server.limits.maxLogBytes)')
  })

  test('is refused at its first mistake, however much of it is still to come', async () => {
    const { get } = await start()
    const rest = '1,2026-10-05T00:00:00Z\n'.repeat(1_000_000)
    const { status, text } = await get('/reconcile', post(`id,at\n1,yesterday\n${rest}`))
    expect(status).toBe(400)
    expect(text).toContain('line 2, column \\"at\\"')
  })

  test('is for callers with a token, and not for pages of other sites', async () => {
    const { get } = await startHarness({ auth: bearerAuth(SERVER_TOKEN) })
    expect((await get('/reconcile', post(CSV))).status).toBe(401)
    const authorization = `Bearer ${SERVER_TOKEN}`
    expect(
      (await get('/reconcile', post(CSV, { authorization, 'sec-fetch-site': 'cross-site' }))).status,
    ).toBe(403)
    expect((await get('/reconcile', { headers: { authorization } })).status).toBe(405)
  })

  test('is not read on when its client goes away', async () => {
    const { url, octopods, get } = await start()
    const leaving = new AbortController()
    const reached = new Promise<void>((resolve) => {
      octopods.onRequest(() => {
        resolve()
        return new Promise(() => undefined)
      })
    })
    const answer = fetch(`${url}/reconcile?source=octo`, { ...post(CSV), signal: leaving.signal })
    await reached
    leaving.abort()
    await expect(answer).rejects.toThrow('abort')
    expect((await get('/healthz')).status).toBe(200)
  })
})

describe('reconcile in GraphQL', () => {
  test.each([
    ['no entries', [], {}, /`entries` must be 1 to 500 entries, not 0/],
    [
      'too many entries',
      Array.from({ length: 501 }, () => ({ id: '1' })),
      {},
      /Send a longer log to `POST \/reconcile`/,
    ],
    ['an entry that cannot be matched', [{ text: 'Hi' }], {}, /^entries\[0\]: give `id`/],
    [
      'a text that is not a number',
      [{ id: '1' }, { to: '+49%', text: 'Hi', at: timeOf(1) }],
      {},
      /^entries\[1\]\.to: /,
    ],
    [
      'options that cannot be',
      [{ id: '1' }],
      { window: '1m', sources: ['x'] },
      /options\.window: .*options\.sources: unknown source x/,
    ],
  ])('refuses %s', async (_, entries, options, expected) => {
    const { ask } = await start()
    const { errors } = await ask(QUERY, { entries, options })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(errors[0]?.message).toMatch(expected)
  })

  test('takes as many entries as are allowed, with texts of many characters', async () => {
    const { ask } = await start()
    const text = 'Your parcel is on its way. '.repeat(25)
    const entries = Array.from({ length: 500 }, () => ({ to: '+14155552671', text, at: timeOf(2) }))
    const { data, errors } = await ask(QUERY, { entries, options: {} })
    expect(errors).toEqual([])
    expect(data).toMatchObject({ reconcile: { findings: expect.any(Array) as unknown } })
  })

  test('says what lies beyond its budget', async () => {
    const rows = Array.from({ length: 230 }, (_, index) => ({ id: index + 1 }))
    const { ask } = await startUpstreams({
      wacr: { rows: rows.map(({ id }) => plainWacrRow(id, { createdAt: BEGIN + id * HOUR })) },
    })
    const entries = [{ reference: 'nowhere', at: timeOf(1) }]
    const options = { sources: ['shop'], maxUpstreamRequests: 1, since: timeOf(0), until: timeOf(300) }
    const { data } = await ask(QUERY, { entries, options })
    expect(data).toMatchObject({
      reconcile: {
        sources: [{ completeness: 'BUDGET_SPENT' }],
        findings: expect.arrayContaining([
          expect.objectContaining({ entry: 1, because: 'BUDGET' }),
        ]) as unknown,
      },
    })
  })
})
