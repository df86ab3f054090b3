import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { acmeProvider, installPackage } from '../../../../test/support/provider-folder.js'
import { parseLines, temporaryFolder } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'

/** A third party's provider with a mistake in it. */
const BROKEN = acmeProvider("throw new TypeError('no use for ' + options.token)")

async function folderWithBrokenProvider(): Promise<string> {
  const cwd = await temporaryFolder()
  await installPackage(cwd, 'broken', BROKEN)
  const configuration = {
    sources: [{ id: 'a', provider: 'broken', options: { token: '${TOKEN}' } }],
    archive: { url: 'sqlite:./waybill.db' },
  }
  await writeFile(join(cwd, 'waybill.config.json'), JSON.stringify(configuration))
  return cwd
}

test('a sync that fails unexpectedly logs the cause on standard error, and nowhere else', async () => {
  const cwd = await folderWithBrokenProvider()
  const { code, stdout, stderr } = await runWaybill(['sync', '--json'], {
    cwd,
    env: { TOKEN: 's3cret-token' },
  })
  expect(code).toBe(1)
  expect(stderr).toMatch(/"level":"warn".*"error":"TypeError: no use for \[redacted\]"/)
  expect(stdout).not.toContain('no use for')
  expect(parseLines(stdout).at(-1)).toMatchObject({ kind: 'result', error: { code: 'INTERNAL_ERROR' } })
})
