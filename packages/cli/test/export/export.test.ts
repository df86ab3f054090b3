import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateOctopodsRows, generateWacrRows, plainOctopodsRow } from '@waybill/emulators'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { parseLines, startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'
import { spawnWaybill } from '../support/waybill-process.js'

const rows = {
  octopods: { rows: generateOctopodsRows({ count: 40, seed: 1 }) },
  wacr: { rows: generateWacrRows({ count: 620, seed: 2 }) },
}

describe('an export', () => {
  test.each([
    ['--source', 'shp'],
    ['--filter', 'filter[source]=shp'],
    ['--filter', 'filter[source][in]=octo,shp'],
    ['--filter', 'filter[source][ne]=shp'],
    ['--filter', 'filter[source][not_in]=shp'],
  ])('and a count refuse a source that is not configured: %s %s', async (flag, value) => {
    const { cwd } = await startUpstreams()
    for (const command of ['export', 'count'])
      expect(await runWaybill([command, flag, value], { cwd })).toEqual({
        code: 2,
        stdout: '',
        stderr: 'error: unknown source shp: choose from octo, shop\n',
      })
  })

  test('goes into a file of any name with --format, and without an ending as NDJSON', async () => {
    const { cwd } = await startUpstreams()
    for (const flags of [['x.txt', '--format', 'csv'], ['x.jsonl'], ['x']])
      expect((await runWaybill(['export', '--output', ...flags], { cwd })).code).toBe(0)
    expect(await readFile(join(cwd, 'x.txt'), 'utf8')).toMatch(/^\uFEFFsource,/)
  })

  test('and a count say that nothing can be known of the future', async () => {
    const { cwd } = await startUpstreams()
    const note =
      'note: no message matches. The time asked for has not begun yet: nothing can be known of it.\n'
    for (const command of ['export', 'count'])
      expect((await runWaybill([command, '--since', '2999-01-01'], { cwd })).stderr).toBe(note)
    const past = await runWaybill(['export', '--since', '2001-01-01', '--until', '2001-01-02'], { cwd })
    expect(past.stderr).toBe('note: no message matches.\n')
  })

  test('and a count mean the same hours by a day of a zone, also where the clocks change', async () => {
    const begin = Date.parse('2026-10-24T20:00:00Z')
    const hourly = Array.from({ length: 30 }, (_, hour) =>
      plainOctopodsRow(hour + 1, { createdAt: begin + hour * 3_600_000, status: 'SENT', content: 'Hi' }),
    )
    const { cwd } = await startUpstreams({ octopods: { rows: hourly } })
    const day = ['--since', '2026-10-25', '--until', '2026-10-26', '--source', 'octo']
    const berlin = [...day, '--time-zone', 'Europe/Berlin']
    const exported = parseLines((await runWaybill(['export', ...berlin], { cwd })).stdout)
    const times = exported.map(({ sentAt }) => String(sentAt))
    expect([times.length, times.at(-1), times[0]]).toEqual([
      25,
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T22:00:00.000Z',
    ])
    const counted = await runWaybill(['count', '--by', '', ...berlin, '--json'], { cwd })
    expect(JSON.parse(counted.stdout)).toMatchObject({ total: 25 })
    expect(parseLines((await runWaybill(['export', ...day], { cwd })).stdout)).toHaveLength(24)
    const local = ['--since', '2026-10-25T23:00', '--source', 'octo', '--time-zone', 'Europe/Berlin']
    expect(parseLines((await runWaybill(['export', ...local], { cwd })).stdout)).toHaveLength(4)
    const twice = await runWaybill(
      ['export', '--since', '2026-10-25T02:30', '--time-zone', 'Europe/Berlin'],
      { cwd },
    )
    expect(twice).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--since 2026-10-25T02:30: expected') as string,
    })
  })

  test('of failed messages counts those whose reason is not known', async () => {
    const { cwd } = await startUpstreams(rows)
    const failed = ['export', '--source', 'shop', '--filter', 'filter[status]=failed']
    const { stdout, stderr } = await runWaybill([...failed, '--fields', 'upstreamId,failureReason'], { cwd })
    const count = parseLines(stdout).length
    expect(count).toBeGreaterThan(1)
    expect(stderr).toContain(`note: why they failed is not known of ${count} failed messages. An archive`)
    const summary = await runWaybill([...failed, '--json'], { cwd })
    expect(JSON.parse(summary.stderr)).toMatchObject({ messages: count, failedWithoutReason: count })
    expect((await runWaybill([...failed, '--fields', 'upstreamId'], { cwd })).stderr).toBe('')
  })

  test('holds every message once, without a note', async () => {
    const { cwd, octopods, wacr } = await startUpstreams(rows)
    const { code, stdout, stderr } = await runWaybill(['export'], { cwd })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const exported = parseLines(stdout).map(
      ({ source, upstreamId }) => `${String(source)} ${String(upstreamId)}`,
    )
    const stored = [
      ...octopods.table.rows().map(({ messageId }) => `octo ${messageId}`),
      ...wacr.table.rows().map(({ id }) => `shop ${id}`),
    ]
    expect(exported.toSorted()).toEqual(stored.toSorted())
  })

  test('in CSV has the same values as in NDJSON', async () => {
    const { cwd } = await startUpstreams(rows)
    const fields = ['--fields', 'source,upstreamId,sentAt,status,to,from,text,isRead,failureReason,raw']
    const csv = await runWaybill(['export', ...fields, '--output', 'all.csv', '--no-formula-guard'], { cwd })
    expect(csv).toEqual({ code: 0, stdout: '', stderr: '' })
    const ndjson = await runWaybill(['export', ...fields], { cwd })
    const text = await readFile(join(cwd, 'all.csv'), 'utf8')
    expect(text.split('\r\n')[0]).toBe(`\uFEFF${fields[1]}`)
    const piped = await runWaybill(['export', ...fields, '--format', 'csv', '--no-formula-guard'], { cwd })
    expect(`\uFEFF${piped.stdout}`).toBe(text)
    const records = parse<Record<string, string>>(text, { columns: true, bom: true })
    expect(records).toEqual(
      parseLines(ndjson.stdout).map((message) =>
        Object.fromEntries(Object.entries(message).map(([name, value]) => [name, cell(value)])),
      ),
    )
  })

  test('in CSV has the requested separator, and no byte-order mark with --no-bom', async () => {
    const { cwd } = await startUpstreams(rows)
    const flags = ['--separator', ';', '--no-bom', '--fields', 'source,upstreamId']
    const { code } = await runWaybill(['export', ...flags, '--output', 'all.csv'], { cwd })
    expect(code).toBe(0)
    expect(await readFile(join(cwd, 'all.csv'), 'utf8')).toMatch(/^source;upstreamId\r\n(?:\w+;\d+\r\n)+$/)
    expect(await runWaybill(['export', '--separator', ';'], { cwd })).toMatchObject({
      code: 2,
      stderr: 'error: --separator is for CSV: add --format csv, or leave it out\n',
    })
  })

  test.each<[string[], (message: Record<string, unknown>) => boolean]>([
    [
      ['--filter', 'filter[status][in]=failed,read'],
      ({ status }) => status === 'FAILED' || status === 'READ',
    ],
    [['--source', 'octo'], ({ source }) => source === 'octo'],
    [['--search', 'ORDER'], ({ text }) => /order/i.test(String(text))],
    [
      ['--since', '2026-03-01', '--until', '2026-04-01T02:00+02:00'],
      ({ sentAt }) => String(sentAt) >= '2026-03-01' && String(sentAt) < '2026-04-01',
    ],
    [
      [
        '--filter',
        'filter[direction]=outbound',
        '--filter',
        'filter[status][ne]=read',
        '--sort',
        'created_at',
      ],
      ({ direction, status }) => direction === 'OUTBOUND' && status !== null && status !== 'READ',
    ],
  ])('of %j holds what was requested', async (flags, isWanted) => {
    const { cwd } = await startUpstreams(rows)
    const all = parseLines((await runWaybill(['export'], { cwd })).stdout)
    const { code, stdout } = await runWaybill(['export', ...flags], { cwd })
    const wanted = all.filter((message) => isWanted(message)).map(({ upstreamId }) => String(upstreamId))
    expect(code).toBe(0)
    expect(wanted.length).toBeGreaterThan(0)
    const found = parseLines(stdout).map(({ upstreamId }) => String(upstreamId))
    expect(found.toSorted()).toEqual(wanted.toSorted())
  })

  test('ends silently when nobody reads it any more', async () => {
    const { cwd } = await startUpstreams(rows)
    const waybill = spawnWaybill(['export', '--fields', 'raw,text'], { cwd })
    await waybill.seen('stdout', /\n/)
    waybill.hangUp()
    expect(await waybill.exited).toBe(141)
    expect(waybill.output.stderr).toBe('')
  })
})

describe('what a source cannot give', () => {
  test('is reported, also by the exit code', async () => {
    const { cwd } = await startUpstreams({
      ...rows,
      octopods: { rows: generateOctopodsRows({ count: 101, seed: 1 }) },
    })
    const { code, stdout, stderr } = await runWaybill(['export'], { cwd })
    expect(code).toBe(3)
    expect(parseLines(stdout)).toHaveLength(720)
    expect(stderr).toMatch(
      /^incomplete: octo goes back to 20\S+Z; older messages may exist, but the upstream does not list them\.\n$/,
    )
  })

  test('stops the export, unless the others are enough', async () => {
    const { cwd, octopods } = await startUpstreams(rows)
    octopods.faults.when(() => true, { kind: 'status', status: 401 })
    const whole = await runWaybill(['export'], { cwd })
    expect(whole).toMatchObject({ code: 1, stdout: '' })
    expect(whole.stderr).toMatch(/^error: Source "octo" .*\(UPSTREAM_UNAUTHORIZED\)\n$/)
    const partial = await runWaybill(['export', '--partial', '--json'], { cwd })
    expect(partial.code).toBe(3)
    expect(parseLines(partial.stdout)).toHaveLength(620)
    expect(JSON.parse(partial.stderr)).toMatchObject({
      messages: 620,
      complete: false,
      shortcomings: [expect.stringMatching(/^octo could not be read: /)],
    })
  })
})

function cell(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
