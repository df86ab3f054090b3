import { generateOctopodsRows, generateWacrRows, plainOctopodsRow } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { emptyArchive } from '../support/archives.js'
import { fillArchive } from '../support/fill-archive.js'
import { startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'

const SPAN = { endAt: Date.parse('2026-04-24T12:00:00Z'), spanMs: 86_400_000 }

test('counts live sources into a table, and says on standard error what they could not give', async () => {
  const upstreams = await startUpstreams({
    octopods: { rows: generateOctopodsRows({ count: 120, seed: 1, ...SPAN }) },
    wacr: { rows: generateWacrRows({ count: 230, seed: 2, ...SPAN }) },
  })
  const { code, stdout, stderr } = await runWaybill(['count', '--by', 'source'], upstreams)
  expect({ code, stdout }).toEqual({
    code: 3,
    stdout: 'source  messages\nocto         100\nshop         230\ntotal        330\n',
  })
  expect(stderr).toMatch(/^incomplete: octo goes back to 2026-\S+; older messages may exist, .*\.\n$/)

  const part = await runWaybill(['count', '--source', 'shop', '--by', '', '--max-requests', '1'], upstreams)
  expect(part.code).toBe(3)
  expect(part.stdout).toMatch(/^messages\n +\d+\n$/)
  expect(part.stderr).toMatch(
    /^incomplete: shop was not read to its end: --max-requests is used up \(1 request there\)/,
  )

  upstreams.octopods.faults.when(() => true, { kind: 'status', status: 403 })
  const failed = await runWaybill(['count'], upstreams)
  expect(failed).toMatchObject({ code: 1, stdout: '' })
  expect(failed.stderr).toMatch(/^error: Source "octo" .*\(UPSTREAM_FORBIDDEN\)\n$/)
  const partial = await runWaybill(['count', '--partial', '--by', 'source'], upstreams)
  expect(partial).toMatchObject({ code: 3, stdout: 'source  messages\nshop         230\ntotal        230\n' })
  expect(partial.stderr).toMatch(/^incomplete: octo could not be read: /)
})

test('counts an archive at no request, in the days of a time zone, for programs too', async () => {
  const archive = await emptyArchive(createSqlitePlace)
  await fillArchive(archive, 3000)
  const section = { sync: { minPollSeconds: 600, maxPollSeconds: 600, maxStalenessSeconds: 3600 } }
  const upstreams = await startUpstreams({ archive, section })
  const shop = ['count', '--source', 'shop']
  // 2026-01-01T00:00:00Z is a quarter to six in the morning there.
  const nepal = [...shop, '--time-zone', 'Asia/Kathmandu']
  const table = await runWaybill([...nepal, '--by', 'hour,direction', '--since', '2026-01-01'], upstreams)
  expect(table).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      'hour                    direction  messages',
      '2026-01-01 05:00+05:45  inbound         899',
      '2026-01-01 05:00+05:45  outbound      1,800',
      '2026-01-01 06:00+05:45  inbound         101',
      '2026-01-01 06:00+05:45  outbound        200',
      'total                                 3,000',
      '',
    ].join('\n'),
  })
  const json = await runWaybill([...nepal, '--by', 'day,status', '--json'], upstreams)
  expect(json).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(json.stdout)).toMatchObject({
    total: 3000,
    complete: true,
    shortcomings: [],
    timeZone: 'Asia/Kathmandu',
    groups: [
      { count: 2250, period: '2025-12-31T18:15:00.000Z', status: 'READ' },
      { count: 750, period: '2025-12-31T18:15:00.000Z', status: 'FAILED' },
    ],
    sources: [
      { source: 'octo', outcome: 'PRUNED', completeness: 'COMPLETE', upstreamRequests: 0 },
      { source: 'shop', outcome: 'OK', completeness: 'COMPLETE', upstreamRequests: 0, gaps: [] },
    ],
  })
  // The day begins and ends in the zone too.
  const none = await runWaybill([...nepal, '--since', '2026-01-02'], upstreams)
  expect(none.stdout).toBe('status  messages\ntotal          0\n')
  expect(upstreams.wacr.log).toEqual([])
})

test('names the gap and how far the history goes back, each time, in counts and exports', async () => {
  const begin = Date.parse('2026-04-24T12:00:00Z')
  const row = (id: number): ReturnType<typeof plainOctopodsRow> =>
    plainOctopodsRow(id, { createdAt: begin + id * 60_000 })
  const upstreams = await startUpstreams({
    archive: 'sqlite:./waybill.db',
    octopods: { rows: Array.from({ length: 110 }, (_, index) => row(index + 1)) },
  })
  expect((await runWaybill(['sync', 'octo'], upstreams)).code).toBe(0)
  for (let id = 111; id <= 230; id += 1) upstreams.octopods.table.insert(row(id))
  await runWaybill(['sync', 'octo'], upstreams)

  const both =
    /^incomplete: octo has gaps: 2026-04-24T13:\S+ to \S+\.\nincomplete: octo goes back to 2026-04-24T12:\S+; /m
  const octo = ['--source', 'octo']
  for (const command of ['count', 'export']) {
    const { code, stderr } = await runWaybill([command, ...octo], upstreams)
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(both) })
  }
  const { stdout } = await runWaybill(['count', ...octo, '--json'], upstreams)
  expect(JSON.parse(stdout)).toMatchObject({
    shortcomings: [expect.stringMatching(/^octo has gaps: /), expect.stringMatching(/^octo goes back to /)],
  })
  const since = ['--since', '2026-04-24T13:00:00Z']
  const late = await runWaybill(['count', ...octo, ...since], upstreams)
  expect(late.stderr).not.toContain('goes back')
})
