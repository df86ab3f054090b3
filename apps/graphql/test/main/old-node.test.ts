import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { nodeComplaint } from '../../src/start/node-version.js'
import { temporaryFolder } from '../sources/provider-folder.js'
import { spawnWaybill } from './waybill-process.js'

/** Makes Node.js say that it is an older one. */
const OLD = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.19.0'}})`

test('an older Node.js is refused before anything is opened, in words that say what to do', async () => {
  const waybill = spawnWaybill({
    cwd: await temporaryFolder(),
    args: ['--port', '0'],
    env: { NODE_OPTIONS: `--import="${OLD}"` },
  })
  expect(await waybill.exited).toBe(1)
  expect(waybill.output.stdout).toBe('')
  expect(waybill.output.stderr).toMatch(
    /^Waybill cannot start: it needs Node\.js 22 or newer, and this is 20\.19\.0\. Install a newer one; .*\n$/,
  )
})

test('what is refused is what the package says that it does not support', async () => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly engines: { readonly node: string }
  }
  const oldest = Number(manifest.engines.node.replace('>=', ''))
  expect(nodeComplaint(`${oldest}.0.0`)).toBeNull()
  expect(nodeComplaint(`${oldest + 10}.1.2`)).toBeNull()
  expect(nodeComplaint(`${oldest - 1}.99.99`)).toContain(`needs Node.js ${oldest} or newer`)
})
