import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ExitCode } from '../src/index.js'
import { startUpstreams, temporaryFolder } from './support/upstreams.js'
import { runWaybill } from './support/run-waybill.js'
import { readyUrl, runWaybillProcess, spawnWaybill } from './support/waybill-process.js'

describe('a wrong command line', () => {
  test.each<[string[], RegExp]>([
    [[], /^Usage: waybill/],
    [['exprt'], /unknown command 'exprt'\n\(Did you mean export\?\)\nRun it with --help/],
    [['export', '--formt', 'csv'], /unknown option '--formt'\n\(Did you mean --format\?\)/],
    [
      ['export', '--format', 'xml'],
      /'--format <format>' argument 'xml' is invalid\. Allowed choices are ndjson, csv, xlsx, parquet/,
    ],
    [['export', '--resume'], /--resume needs --output FILE/],
    [['export', '--resume', '--overwrite', '--output', 'a'], /choose one/],
    [
      ['export', '--filter', 'status=failed'],
      /expected a clause like 'filter\[status\]\[in\]=failed,deleted'/,
    ],
    [
      ['export', '--filter', 'filter[status]=faild'],
      /^error: --filter filter\[status\]: "faild" is not a value.* Did you mean "failed"\?/,
    ],
    [
      ['export', '--filter', 'filter[status]=failed&filter[contact]=+33'],
      /give --filter once for each clause/,
    ],
    [['count', '--filter', 'filter[contact]=+33639980000&filter[status]=failed'], /once for each clause/],
    [['export', '--sort', 'sent_at'], /^error: --sort: unknown field "sent_at"/],
    [['export', '--since', 'yesterday'], /--since yesterday: expected a day \(2026-01-31, in UTC\)/],
    [
      ['export', '--since', '2026-02-01', '--until', '2026-01-01'],
      /--since 2026-02-01 is not before --until 2026-01-01/,
    ],
    ...['export', 'count'].map((command): [string[], RegExp] => [
      [command, '--filter', 'filter[sent_at][gt]=2026-02-01', '--filter', 'filter[sent_at][lt]=2026-01-01'],
      /^error: filter\[sent_at\]\[gt\]=\S+ and filter\[sent_at\]\[lt\]=\S+: nothing was sent in a time that ends before it begins\n$/,
    ]),
    [
      ['export', '--since', '2026-02-01', '--filter', 'filter[sent_at][lte]=2026-01-31'],
      /nothing was sent in a time that ends before it begins/,
    ],
    [
      ['export', '--time-zone', 'UTC'],
      /--time-zone is for --since and --until and for XLSX, the other formats have times in UTC/,
    ],
    [
      ['export', '--format', 'xlsx', '--time-zone', 'Berlin'],
      /--time-zone Berlin: expected an IANA time zone .* Did you mean Europe\/Berlin\?/,
    ],
    [['export', '--output', ''], /--output: expected a file, found nothing/],
    ...(
      [
        ['x.xls', 'xlsx'],
        ['x.txt', 'csv'],
        ['x.json', 'ndjson'],
        ['x.PARQET', 'parquet'],
      ] as const
    ).map(([output, nearest]): [string[], RegExp] => [
      ['export', '--output', output],
      new RegExp(
        `^error: --output ${output}: no format has the ending \\.${output.slice(2).toLowerCase()}\\. Did you mean \\.${nearest}\\? ` +
          'Choose from \\.ndjson, \\.csv, \\.xlsx, \\.parquet, or give --format\n$',
      ),
    ]),
    [
      ['reconcile', 'sent.csv', '--output', 'x.xls'],
      /^error: --output x\.xls: no format has the ending \.xls\. Did you mean \.xlsx\? Choose from \.ndjson, \.csv, \.xlsx, or/,
    ],
    [['export', '--output', 'x.gz'], /--output x\.gz: no format has the ending \.gz\. Choose/],
    [['export', '--fields', 'Sender'], /unknown field "Sender"\. Did you mean "from"\?/],
    [['export', '--fields', 'recipient'], /unknown field "recipient"\. Did you mean "to"\?/],
    [
      ['export', '--fields', 'id,txt'],
      /^error: --fields: unknown field "id"[^]*\n--fields: unknown field "txt"\. Did you mean "text"/,
    ],
    ...['|', ', ', '', 'comma'].map((separator): [string[], RegExp] => [
      ['export', '--format', 'csv', '--separator', separator],
      /^error: --separator '.*': expected ',' \(a comma\), ';' \(a semicolon\) or the word tab\n$/,
    ]),
    [
      ['export', '--filter', 'filter[sent_at][gte]=2026-01-31T12:00:00%2B02:00'],
      /write "\+" in place of "%2B"\. Allowed: a time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00\+02:00, a day in UTC such as 2026-01-31\./,
    ],
    [
      ['export', '--filter', 'filter[from]=https://shop.example/493023125380'],
      /this is neither a phone number nor an id\. Allowed: .*https:\/\/wa\.me\/493023125380/,
    ],
    [['sync', 'nobody'], /no configuration was found/],
  ])('%j is refused with what is wrong and what to do', async (args, expected) => {
    const { code, stdout, stderr } = await runWaybill(args, { cwd: await temporaryFolder() })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(expected)
  })

  test('is refused with all errors at once', async () => {
    const args = ['export', '--since', 'a', '--until', 'b', '--sort', 'c']
    const { stderr } = await runWaybill(args, { cwd: await temporaryFolder() })
    expect(stderr.match(/^error: /gm)).toHaveLength(3)
  })
})

describe('a configuration', () => {
  test('is needed', async () => {
    const { code, stderr } = await runWaybill(['sources'], { cwd: await temporaryFolder() })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error: no configuration was found\. Create waybill\.config\.json/)
  })

  test('with errors is refused like by the server', async () => {
    const cwd = await temporaryFolder()
    await writeFile(join(cwd, 'waybill.config.json'), '{ "sources": [{ "id": "a" }], "archive": {} }')
    const { code, stderr } = await runWaybill(['sources'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toBe(
      'Waybill cannot start: the configuration has 2 errors.\n' +
        '  archive.url: expected "sqlite:FILE" or "postgres://USER:PASSWORD@HOST:PORT/DATABASE", found nothing\n' +
        '  sources[0].provider: expected the name of a package, not a path or URL, found nothing\n',
    )
  })

  test('can be named by --config and by WAYBILL_CONFIG', async () => {
    const { cwd } = await startUpstreams()
    const file = join(cwd, 'waybill.config.json')
    const elsewhere = await temporaryFolder()
    expect(await runWaybill(['sources', '--config', file], { cwd: elsewhere })).toMatchObject({ code: 0 })
    const env = { WAYBILL_CONFIG: file }
    expect(await runWaybill(['export'], { cwd: elsewhere, env })).toMatchObject({ code: 0, stdout: '' })
  })

  test('without the requested source names those that it has', async () => {
    const { cwd } = await startUpstreams()
    const { code, stderr } = await runWaybill(['export', '--source', 'shp'], { cwd })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: unknown source shp: choose from octo, shop\n',
    })
  })

  test('without an archive has nothing to sync', async () => {
    const { cwd } = await startUpstreams()
    const { code, stderr } = await runWaybill(['sync'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error: the configuration has no archive to bring up to date\. Add "archive"/)
  })
})

test('waybill serve is the server, flags included', async () => {
  const { cwd } = await startUpstreams()
  const waybill = spawnWaybill(['serve', '--port', '0', '--host', '127.0.0.2'], { cwd })
  const url = await readyUrl(waybill)
  expect(new URL(url).hostname).toBe('127.0.0.2')
  waybill.signal('SIGTERM')
  expect(await waybill.exited).toBe(0)
  const help = await runWaybillProcess(['serve', '--help'], { cwd })
  expect(help.stdout).toMatch(/^Usage: waybill serve \[--config FILE\]/)
})

test('--version is the version of the package, --help names every command', async () => {
  const cwd = await temporaryFolder()
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  expect(await runWaybill(['--version'], { cwd })).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  const { code, stdout } = await runWaybill(['--help'], { cwd })
  expect(code).toBe(0)
  for (const command of ['serve', 'sync', 'sources', 'export']) expect(stdout).toContain(`  ${command} `)
  for (const exitCode of Object.values(ExitCode))
    expect(stdout).toMatch(new RegExp(`Exit codes: [^]*\\b${exitCode}\\b`))
  const flags = await runWaybill(['export', '--help'], { cwd })
  expect(flags.stdout).not.toContain('[]')
})
