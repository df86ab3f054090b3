import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { readyUrl, spawnWaybill, type WaybillProcess } from '../main/waybill-process.js'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'

/** A demo, and the folder that its temporary files go to. */
async function startDemo(port = '0'): Promise<{ waybill: WaybillProcess; folder: string }> {
  const folder = await temporaryFolder()
  const waybill = spawnWaybill({ cwd: folder, args: ['--port', port] })
  return { waybill, folder }
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s takes the archive away with the demo', async (signal) => {
  const { waybill, folder } = await startDemo()
  await readyUrl(waybill)
  expect(await readdir(folder)).toEqual([expect.stringMatching(/^waybill-demo-/)])
  waybill.signal(signal)
  expect(await waybill.exited).toBe(0)
  expect(await readdir(folder)).toEqual([])
})

test('a signal while it starts does so too', async () => {
  const { waybill, folder } = await startDemo()
  await waybill.seen('stderr', /this is a demo/)
  waybill.signal('SIGTERM')
  expect(await waybill.exited).toBe(0)
  expect(await readdir(folder)).toEqual([])
})

test('a second signal, which waits for nothing, does so too', async () => {
  const { waybill, folder } = await startDemo()
  const { hostname, port } = new URL(await readyUrl(waybill))
  // It never ends, so there is something to wait for.
  const request = connect(Number(port), hostname).on('error', () => undefined)
  request.write(
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  )
  await wait(200)
  waybill.signal('SIGINT')
  await waybill.seen('stderr', /"message":"stopping"/)
  await wait(150)
  waybill.signal('SIGINT')
  expect(await waybill.exited).toBe(130)
  expect(await readdir(folder)).toEqual([])
})

test('a start that fails leaves nothing behind', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void blocker.close())
  await new Promise((resolve) => blocker.once('listening', resolve))
  const { waybill, folder } = await startDemo(String((blocker.address() as AddressInfo).port))
  expect(await waybill.exited).toBe(1)
  expect(waybill.output.stderr).toContain('Waybill cannot start: port')
  expect(await readdir(folder)).toEqual([])
})
