import { EventEmitter } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import type { CommandHost } from '../../src/command/context.js'
import { run } from '../../src/index.js'
import { startUpstreams } from '../support/upstreams.js'

/** Runs the command in this process. */
async function runHere(args: readonly string[], cwd: string): Promise<{ code: number; stderr: string }> {
  const [stdout, stderr] = [new PassThrough().resume(), new PassThrough().setEncoding('utf8')]
  const signals = new EventEmitter()
  const exit = (code?: number) => {
    throw new Error(`exit ${code}`)
  }
  const host = Object.assign(signals, { cwd: () => cwd, exit, stdout, stderr }) as unknown as CommandHost
  onTestFinished(() => void signals.removeAllListeners())
  let written = ''
  stderr.on('data', (text: string) => (written += text))
  return { code: await run(args, {}, host), stderr: written }
}

async function configureShop(cwd: string, baseUrl: string): Promise<void> {
  const options = { token: 'wacr-s3cret-token', baseUrl }
  const sources = [{ id: 'shop', provider: '@waybill/provider-wacr', options }]
  await writeFile(join(cwd, 'waybill.config.json'), JSON.stringify({ sources }))
}

test('an export does not wait for what stays as it is until somebody changes it', async () => {
  const { cwd, wacr } = await startUpstreams()
  const plain = new URL(wacr.url)
  const cases = [
    [`https://${plain.host}/api/v2`, 'does not speak TLS'],
    ['http://shop.invalid/api/v2', 'could not be reached: the host name shop.invalid'],
    ['http://127.0.0.1:6000/api/v2', 'no HTTP client sends to this port'],
  ] as const
  for (const [baseUrl, words] of cases) {
    await configureShop(cwd, baseUrl)
    const { code, stderr } = await runHere(['export', '--output', 'out.csv', '--overwrite'], cwd)
    expect(code).toBe(1)
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/again in/)
  }
  wacr.faults.next({ kind: 'status', status: 501 }, 9)
  await configureShop(cwd, wacr.url)
  const { code, stderr } = await runHere(['export', '--output', 'out.csv', '--overwrite'], cwd)
  // One for each direction.
  expect({ code, requests: wacr.log.length }).toEqual({ code: 1, requests: 2 })
  expect(stderr).not.toMatch(/again in/)
})
