import { expect, test } from 'vitest'
import { runWaybillProcess } from './support/waybill-process.js'
import { temporaryFolder } from './support/upstreams.js'

/** Makes Node.js say that it is an older one. */
const OLD = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.19.0'}})`

test.each([['sources'], ['sync'], ['export'], ['--help']])(
  'an older Node.js is refused by %s, with what to do',
  async (command) => {
    const options = { cwd: await temporaryFolder(), env: { NODE_OPTIONS: `--import="${OLD}"` } }
    const { code, stdout, stderr } = await runWaybillProcess([command], options)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /^Waybill cannot start: it needs Node\.js 22\.14\.0 or newer, and this is 20\.19\.0\. Install/,
    )
  },
)
