import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startOctopodsEmulator, startWacrEmulator } from '@waybill/emulators'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { readyUrl, spawnWaybill, type WaybillProcess } from './waybill-process.js'

/** The warnings of a server without an archive, once there is one for each of the sources that cannot be read. */
async function warningsOf(waybill: WaybillProcess, count: number): Promise<Record<string, unknown>[]> {
  await waybill.seen(
    'stderr',
    new RegExp(`^(?:.*"level":"warn".*\\n(?:.*"level":"info".*\\n)*){${count}}`, 'm'),
  )
  const lines = waybill.output.stderr.trim().split('\n')
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ level }) => level === 'warn')
}

test('a server without an archive logs at its start which sources cannot be read, and what to do', async () => {
  const [octopods, wacr] = [
    await startOctopodsEmulator({ apiKey: 'key' }),
    await startWacrEmulator({ token: 't' }),
  ]
  onTestFinished(async () => {
    await Promise.all([octopods.close(), wacr.close()])
  })
  const closed = await startWacrEmulator({ token: 't' })
  await closed.close()
  const shop = (id: string, baseUrl: string, token = 'wacr-s3cret') => ({
    id,
    provider: '@waybill/provider-wacr',
    options: { token, baseUrl },
    limits: { retries: 0 },
  })
  const sources = [
    { id: 'octo', provider: '@waybill/provider-octopods', options: { apiKey: 'key', baseUrl: octopods.url } },
    shop('fine', wacr.url, 't'),
    shop('no-tls', wacr.url.replace('http:', 'https:')),
    shop('closed', closed.url),
    shop('wrong-token', wacr.url),
  ]
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'waybill.config.json'), JSON.stringify({ server: { port: 0 }, sources }))
  const waybill = spawnWaybill({ cwd })
  await readyUrl(waybill)
  const warnings = await warningsOf(waybill, 3)
  const told = warnings
    .map(({ source, code, message }) => [String(source), code, message] as const)
    .toSorted(([a], [b]) => a.localeCompare(b))
  expect(told).toEqual([
    [
      'closed',
      'UPSTREAM_UNAVAILABLE',
      expect.stringMatching(/^A source cannot be read: .*nothing accepts connections/),
    ],
    ['no-tls', 'UPSTREAM_UNAVAILABLE', expect.stringMatching(/does not speak TLS.*begin with http:/)],
    ['wrong-token', 'UPSTREAM_UNAUTHORIZED', expect.stringMatching(/refused the credentials/)],
  ])
  expect([octopods.log.length, wacr.log.length]).toEqual([1, 2])
  waybill.signal('SIGTERM')
  expect(await waybill.exited).toBe(0)
})
