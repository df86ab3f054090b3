import { rename } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ACME_ENVIRONMENT, configuredFolder } from './configured-folder.js'
import { runWaybill } from './waybill-here.js'
import { readyUrl, spawnWaybill } from './waybill-process.js'
import { recordedFetch } from '../server/support/transcript.js'

const env = ACME_ENVIRONMENT

describe('a configuration', () => {
  test('in the working directory is served, and one line names the URL', async () => {
    const waybill = spawnWaybill({ cwd: await configuredFolder(), env })
    const url = await readyUrl(waybill)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/)
    const health = await recordedFetch(new URL('/healthz', url))
    expect(health.status).toBe(200)
    waybill.signal('SIGTERM')
    expect(await waybill.exited).toBe(0)
    expect(waybill.output.stdout).toBe(
      `The page is at ${new URL('/', url).href}\nWaybill is ready at ${url}\n`,
    )
  })

  test.each([
    ['--config', (file: string) => ({ args: ['--config', file] })],
    ['WAYBILL_CONFIG', (file: string) => ({ env: { ...env, WAYBILL_CONFIG: file } })],
    [
      '--config before WAYBILL_CONFIG',
      (file: string) => ({ args: [`--config=${file}`], env: { ...env, WAYBILL_CONFIG: 'missing.json' } }),
    ],
  ])('is found by %s, relative to the working directory', async (_, given) => {
    const folder = await configuredFolder()
    await rename(join(folder, 'waybill.config.json'), join(folder, 'other.json'))
    const waybill = runWaybill({ cwd: folder, env, ...given('other.json') })
    expect(await waybill.ready()).toMatch(/^http:/)
  })
})

describe('the port', () => {
  test.each([
    ['the environment comes before the file', { PORT: '0' }, []],
    ['a flag comes before the environment', { PORT: '4' }, ['--port', '0']],
    ['an empty variable counts as not set', { PORT: '', HOST: '' }, ['--port=0']],
  ])('%s', async (_, variables, args) => {
    const cwd = await configuredFolder({ server: { port: 3 } })
    const url = await runWaybill({ cwd, args, env: { ...env, ...variables } }).ready()
    expect(Number(new URL(url).port)).toBeGreaterThan(1023)
  })

  test('that is in use is named, with what to do', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void blocker.close())
    await new Promise((resolve) => blocker.once('listening', resolve))
    const { port } = blocker.address() as AddressInfo
    const waybill = runWaybill({ cwd: await configuredFolder(), env, args: ['--port', String(port)] })
    expect(await waybill.exited).toBe(1)
    expect(waybill.output).toEqual({
      stdout: '',
      stderr: `Waybill cannot start: port ${port} on 127.0.0.1 is in use. Stop what uses it, or choose another with --port.\n`,
    })
  })
})

describe('the host', () => {
  test.each([
    ['a flag comes before the environment', { HOST: '127.0.0.9' }, ['--host', '127.0.0.2'], '127.0.0.2'],
    ['the environment comes before the file', { HOST: '127.0.0.3' }, [], '127.0.0.3'],
  ])('%s', async (_, variables, args, expected) => {
    const waybill = runWaybill({ cwd: await configuredFolder(), args, env: { ...env, ...variables } })
    expect(new URL(await waybill.ready()).hostname).toBe(expected)
  })

  // 192.0.2.0/24 is reserved for documentation (RFC 5737).
  test.each([
    ['server.host', { server: { host: '192.0.2.1', port: 0, auth: 'none' } }, {}, [], 'Correct server.host.'],
    ['HOST', { server: { port: 0, auth: 'none' } }, { HOST: '192.0.2.1' }, [], 'Correct or unset HOST.'],
    ['--host', { server: { port: 0, auth: 'none' } }, {}, ['--host', '192.0.2.1'], 'Correct --host.'],
  ])('that this machine does not have is blamed on %s', async (_, configuration, variables, args, remedy) => {
    const waybill = runWaybill({
      cwd: await configuredFolder(configuration),
      args,
      env: { ...env, ...variables },
    })
    expect(await waybill.exited).toBe(1)
    expect(waybill.output).toEqual({
      stdout: '',
      stderr: `Waybill cannot start: "192.0.2.1" is not an address of this machine. ${remedy}\n`,
    })
  })

  test.each([
    ['HOST', { HOST: 'http://localhost' }, []],
    ['--host', { HOST: '127.0.0.1' }, ['--host', 'http://localhost']],
  ])('that cannot be a host is blamed on %s', async (name, variables, args) => {
    const waybill = runWaybill({ cwd: await configuredFolder(), args, env: { ...env, ...variables } })
    expect(await waybill.exited).toBe(2)
    expect(waybill.output.stderr).toBe(
      `Waybill cannot start: a flag or variable is wrong.\n  ${name}: expected a host name or an IP address, found "http://localhost"\n`,
    )
  })
})
