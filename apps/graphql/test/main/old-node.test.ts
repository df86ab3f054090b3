import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { readyUrl, spawnWaybill, type WaybillProcess } from './waybill-process.js'

/** Makes Node.js say that it is an older one. */
const OLD = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.19.0'}})`

test('an older Node.js is refused before anything is opened, with what to do', async () => {
  const waybill = spawnWaybill({
    cwd: await temporaryFolder(),
    args: ['--port', '0'],
    env: { NODE_OPTIONS: `--import="${OLD}"` },
  })
  expect(await waybill.exited).toBe(1)
  expect(waybill.output.stdout).toBe('')
  expect(waybill.output.stderr).toMatch(
    /^Waybill cannot start: it needs Node\.js 22\.14\.0 or newer, and this is 20\.19\.0\. Install a newer one; .*\n$/,
  )
})

/** A Node.js that says that it is an older one, of a server in a clone, which has a newer one. */
async function startUnderOldNode(): Promise<WaybillProcess> {
  const cwd = await temporaryFolder()
  const old = join(cwd, 'node')
  await copyFile(process.execPath, old)
  return spawnWaybill({ cwd, node: [old, '--import', OLD], args: ['--port', '0'] })
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'in a clone an older Node.js hands the server to the newer one there, and %s on to it',
  async (signal) => {
    const waybill = await startUnderOldNode()
    const url = await readyUrl(waybill)
    expect((await fetch(new URL('/healthz', url))).status).toBe(200)
    waybill.signal(signal)
    expect(await waybill.exited).toBe(0)
    expect(waybill.output.stdout).toBe(
      `The page is at ${new URL('/', url).href}\nWaybill is ready at ${url}\n`,
    )
  },
)

test('a server that was handed on ends with the process that was killed', async () => {
  const waybill = await startUnderOldNode()
  const url = await readyUrl(waybill)
  waybill.signal('SIGKILL')
  await waybill.exited
  await expect(fetch(new URL('/healthz', url))).rejects.toThrow('fetch failed')
})
