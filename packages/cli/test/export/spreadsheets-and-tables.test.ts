import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, closeSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import { FORMAT_NAMES } from '@waybill/export'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { emptyArchive } from '../support/archives.js'
import { runOnTerminal, runWaybill } from '../support/run-waybill.js'
import { parseLines, startUpstreams, type Upstreams } from '../support/upstreams.js'
import { MAIN, readyUrl, spawnWaybill } from '../support/waybill-process.js'

const rows = {
  octopods: { rows: generateOctopodsRows({ count: 101, seed: 1 }) },
  wacr: { rows: generateWacrRows({ count: 620, seed: 2 }) },
}
const FIELDS = ['source', 'upstreamId', 'sentAt', 'status', 'to', 'text', 'isRead', 'failureReason', 'raw']
const EXPORT = ['export', '--fields', FIELDS.join(',')]

async function readLines({ cwd }: Upstreams): Promise<Record<string, unknown>[]> {
  return parseLines((await runWaybill(EXPORT, { cwd })).stdout)
}

function cell(name: string, value: unknown): unknown {
  if (name === 'sentAt') return new Date(String(value))
  return name === 'raw' ? JSON.stringify(value) : value
}

describe('an export', () => {
  test('in XLSX has the cells of NDJSON, and what the sources cannot give on a second sheet', async () => {
    const upstreams = await startUpstreams(rows)
    const { code, stderr } = await runWaybill([...EXPORT, '--output', 'all.xlsx'], upstreams)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^incomplete: octo goes back to 20\S+Z;[^\n]*\n$/)
    const [messages, report] = await readXlsxFile(join(upstreams.cwd, 'all.xlsx'), { trim: false })
    const lines = await readLines(upstreams)
    expect(lines).toHaveLength(720)
    expect(messages?.data).toEqual([
      FIELDS,
      ...lines.map((line) => FIELDS.map((name) => cell(name, line[name]))),
    ])
    expect(report?.data).toContainEqual(['octo', 'completeness', null, null, null, 'WINDOW_LIMITED'])
    expect(report?.data).toContainEqual(['shop', 'completeness', null, null, null, 'COMPLETE'])
  })

  test('in XLSX has the times of the zone that is asked for', async () => {
    const upstreams = await startUpstreams(rows)
    const flags = ['--source', 'shop', '--fields', 'sentAt', '--output', 'ALL.XLSX']
    await runWaybill(['export', ...flags, '--time-zone', 'Asia/Tokyo'], upstreams)
    const [messages] = await readXlsxFile(join(upstreams.cwd, 'ALL.XLSX'))
    const lines = (await readLines(upstreams)).filter(({ source }) => source === 'shop')
    const expected = lines.map(({ sentAt }) => [new Date(Date.parse(String(sentAt)) + 9 * 3_600_000)])
    expect(messages?.data.slice(1)).toEqual(expected)
  })

  test('in Parquet has the values of NDJSON, and what the sources cannot give in its metadata', async () => {
    const upstreams = await startUpstreams(rows)
    const { code } = await runWaybill([...EXPORT, '--output', 'all.parquet'], upstreams)
    expect(code).toBe(3)
    const file = Uint8Array.from(await readFile(join(upstreams.cwd, 'all.parquet'))).buffer
    const lines = await readLines(upstreams)
    expect(await parquetReadObjects({ file })).toEqual(
      lines.map((line) => Object.fromEntries(FIELDS.map((name) => [name, cell(name, line[name])]))),
    )
    const metadata = parquetMetadata(file).key_value_metadata ?? []
    const reports = metadata.find(({ key }) => key === 'waybill.reports')?.value
    expect(JSON.parse(reports ?? '')).toMatchObject([
      { source: 'octo', completeness: 'WINDOW_LIMITED' },
      { source: 'shop', completeness: 'COMPLETE' },
    ])
  })

  test.each(['xlsx', 'parquet'])(
    'in %s has the same bytes each time, in a file and in a pipe',
    async (format) => {
      const { cwd } = await startUpstreams(rows)
      const read = (name: string): Promise<Buffer> => readFile(join(cwd, name))
      for (const name of ['one', 'two']) {
        await runWaybill([...EXPORT, '--format', format, '--output', name], { cwd })
      }
      const stdout = openSync(join(cwd, 'three'), 'w')
      const piped = spawn(process.execPath, [MAIN, ...EXPORT, '--format', format], {
        cwd,
        env: {},
        stdio: ['ignore', stdout, 'ignore'],
      })
      expect(await once(piped, 'exit')).toEqual([3, null])
      closeSync(stdout)
      const one = await read('one')
      expect([await read('two'), await read('three')].map((other) => other.equals(one))).toEqual([true, true])
    },
  )
})

describe.each(['xlsx', 'parquet'])('an export in %s', (format) => {
  const name = `all.${format}`

  test('is not for a terminal, and cannot be continued', async () => {
    const upstreams = await startUpstreams(rows)
    const shown = await runOnTerminal(['export', '--format', format], {
      ...upstreams,
      hasTerminalOutput: true,
    })
    expect(shown).toMatchObject({ code: 2, stdout: '' })
    expect(shown.stderr).toBe(
      `error: --format ${format} is not for a terminal: add --output FILE, or send it to a pipe\n`,
    )
    const resumed = await runWaybill(['export', '--output', name, '--resume'], upstreams)
    expect(resumed).toMatchObject({ code: 2, stdout: '' })
    expect(resumed.stderr).toMatch(
      /^error: --resume is for NDJSON and CSV: a file in \w+ cannot be continued/,
    )
    expect(upstreams.wacr.log).toEqual([])
  })

  test('replaces an existing file only with --overwrite', async () => {
    const { cwd } = await startUpstreams(rows)
    await writeFile(join(cwd, name), 'mine')
    const refused = await runWaybill(['export', '--output', name], { cwd })
    expect(refused).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${name} exists: replace it with --overwrite, or choose another --output\n`,
    })
    expect(await readFile(join(cwd, name), 'utf8')).toBe('mine')
    expect((await runWaybill(['export', '--output', name, '--overwrite'], { cwd })).code).toBe(3)
    expect((await readFile(join(cwd, name))).length).toBeGreaterThan(1000)
  })

  test('leaves no file that lacks its end: not when it is interrupted, not when a source fails', async () => {
    const upstreams = await startUpstreams({ wacr: { ...rows.wacr, latencyMs: 100 } })
    const before = await readdir(upstreams.cwd)
    const seen = Promise.withResolvers<void>()
    const forget = upstreams.wacr.onRequest(() => {
      if (upstreams.wacr.log.length > 2) seen.resolve()
      return undefined
    })
    const interrupted = spawnWaybill(['export', '--source', 'shop', '--output', name], upstreams)
    await seen.promise
    forget()
    interrupted.signal('SIGTERM')
    expect(await interrupted.exited).toBe(143)
    expect(interrupted.output.stderr).toBe(
      'Interrupted. An unfinished file of this format cannot be continued, and was removed.\n',
    )
    const from = upstreams.wacr.log.length
    upstreams.wacr.faults.when(() => upstreams.wacr.log.length > from + 3, { kind: 'status', status: 401 })
    const failed = await runWaybill(['export', '--source', 'shop', '--output', name], upstreams)
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/UPSTREAM_UNAUTHORIZED/)
    expect(await readdir(upstreams.cwd)).toEqual(before)
  })

  test('that was killed is not taken for a whole one', async () => {
    const { cwd } = await startUpstreams(rows)
    await writeFile(join(cwd, `${name}.part`), 'half')
    const refused = await runWaybill(['export', '--output', name], { cwd })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/\.part is left from an export that was killed, or is being written/)
    expect((await runWaybill(['export', '--output', name, '--overwrite'], { cwd })).code).toBe(3)
    expect(await readdir(cwd)).not.toContain(`${name}.part`)
  })
})

test('a download of the server has the bytes of the command, in each format', async () => {
  const archive = await emptyArchive(createSqlitePlace)
  const upstreams = await startUpstreams({ wacr: rows.wacr, archive })
  expect((await runWaybill(['sync', 'shop'], upstreams)).code).toBe(0)
  const flags = ['--source', 'shop', '--filter', 'filter[status][in]=failed,read', '--search', 'A']
  const fields = 'upstreamId,sentAt,status,contact,text,statusHistory,raw'
  const query = `source=shop&filter[status][in]=failed,read&search=A&fields=${fields}`
  const server = spawnWaybill(['serve'], upstreams)
  const url = await readyUrl(server)
  for (const format of FORMAT_NAMES) {
    const output = `out.${format}`
    await runWaybill(['export', ...flags, '--fields', fields, '--output', output], upstreams)
    const answer = await fetch(new URL(`/messages.${format}?${query}`, url))
    const body = Buffer.from(await answer.arrayBuffer())
    expect([format, body.equals(await readFile(join(upstreams.cwd, output)))]).toEqual([format, true])
    expect(body.length).toBeGreaterThan(1000)
  }
})
