import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { ACME_ENVIRONMENT, ACME_SOURCE, configuredFolder } from './configured-folder.js'
import { runWaybill } from './waybill-here.js'
import { spawnWaybill } from './waybill-process.js'

test('all configuration errors are reported at once, without a stack trace', async () => {
  const sources = [{ ...ACME_SOURCE, lable: 'A', options: { token: '${ACME_TOKEN}', speed: '${SPEED}' } }]
  const waybill = spawnWaybill({
    cwd: await configuredFolder({ sources, servr: {} }),
    env: { SPEED: 's3cret-3' },
  })
  expect(await waybill.exited).toBe(2)
  expect(waybill.output).toEqual({
    stdout: '',
    stderr: [
      'Waybill cannot start: the configuration has 4 errors.',
      '  servr: expected a known name (did you mean "server"?), found an unknown name',
      '  sources[0].lable: expected a known name (did you mean "label"?), found an unknown name',
      '  sources[0].options.speed: expected an option that exists, found "[redacted]"',
      '  sources[0].options.token: expected the environment variable ACME_TOKEN to be set, found nothing',
      '',
    ].join('\n'),
  })
})

test('a single configuration error is reported in the singular', async () => {
  const waybill = runWaybill({
    cwd: await configuredFolder({ archive: { url: 'a.db' } }),
    env: ACME_ENVIRONMENT,
  })
  expect(await waybill.exited).toBe(2)
  expect(waybill.output.stderr).toBe(
    'Waybill cannot start: the configuration has an error.\n' +
      '  archive.url: expected "sqlite:FILE" or "postgres://USER:PASSWORD@HOST:PORT/DATABASE": for a file, "sqlite:" before its path, found a text without a scheme\n',
  )
})

test('an archive that does not answer is reported without its password', async () => {
  const url = 'postgres://waybill:s3cret-archive@127.0.0.1:1/waybill'
  const waybill = runWaybill({
    cwd: await configuredFolder({ archive: { url } }),
    env: ACME_ENVIRONMENT,
  })
  expect(await waybill.exited).toBe(1)
  expect(waybill.output.stdout).toBe('')
  expect(waybill.output.stderr).toMatch(
    /^Waybill cannot start: archive\.url: The archive cannot be used \(ECONNREFUSED\)\. Nothing answers there: check/,
  )
  expect(waybill.output.stderr).not.toContain('s3cret')
})

test('a missing configuration file is named', async () => {
  const cwd = await temporaryFolder()
  const waybill = runWaybill({ cwd, args: ['--config', 'none.json'] })
  expect(await waybill.exited).toBe(2)
  expect(waybill.output.stderr).toMatch(
    /^Waybill cannot start: the configuration has an error\.\n {2}\(root\): expected a configuration in the file \S+none\.json, found no such file\n$/,
  )
})

test('a wrong command line is refused with the flags that exist', async () => {
  const waybill = runWaybill({ cwd: await temporaryFolder(), args: ['--prot', '1'], env: { PORT: 'a' } })
  expect(await waybill.exited).toBe(2)
  const allowed = 'expected --config FILE, --host HOST, --port PORT, --help or --version'
  expect(waybill.output).toEqual({
    stdout: '',
    stderr: [
      'Waybill cannot start: some flags or variables are wrong.',
      `  --prot: ${allowed} (did you mean --port?)`,
      `  1: ${allowed}`,
      '  PORT: expected an integer from 0 to 65535, found "a"',
      '',
    ].join('\n'),
  })
})

test('--help lists every flag, variable and exit code', async () => {
  const waybill = runWaybill({ cwd: await temporaryFolder(), args: ['--help'] })
  expect(await waybill.exited).toBe(0)
  expect(waybill.output.stderr).toBe('')
  for (const name of ['--config', '--host', '--port', '--version', 'WAYBILL_CONFIG', 'Exit codes: 0']) {
    expect(waybill.output.stdout).toContain(name)
  }
})

test('--version is the version of the package', async () => {
  const waybill = runWaybill({ cwd: await temporaryFolder(), args: ['--version'] })
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  expect(await waybill.exited).toBe(0)
  expect(waybill.output.stdout).toBe(`${(JSON.parse(manifest) as { version: string }).version}\n`)
})
