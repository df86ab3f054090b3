import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseLines, temporaryFolder } from '../support/upstreams.js'
import { runWaybill } from '../support/waybill-process.js'

/** A third party's provider with a mistake in it. */
const BROKEN = `
  const absent = { domain: { kind: 'absent' } }
  export default (options) => ({
    name: 'broken',
    capabilities: {
      paging: { kind: 'window', maxItems: 10 },
      fields: {
        status: absent, type: absent, direction: absent, interactionId: absent, from: absent, to: absent,
        sentAt: { domain: { kind: 'time' } },
      },
      search: 'none',
      sorts: [{ field: 'createdAt', direction: 'desc' }],
      sparseFields: false,
      totals: 'never',
      maxSkewMs: 0,
    },
    list: async () => { throw new TypeError('no use for ' + options.token) },
  })
`

async function folderWithBrokenProvider(): Promise<string> {
  const cwd = await temporaryFolder()
  const place = join(cwd, 'node_modules', 'broken')
  await mkdir(place, { recursive: true })
  await writeFile(join(place, 'package.json'), '{ "type": "module", "exports": "./index.js" }')
  await writeFile(join(place, 'index.js'), BROKEN)
  const configuration = {
    sources: [{ id: 'a', provider: 'broken', options: { token: '${TOKEN}' } }],
    archive: { url: 'sqlite:./waybill.db' },
  }
  await writeFile(join(cwd, 'waybill.config.json'), JSON.stringify(configuration))
  return cwd
}

test('a sync that fails unexpectedly says on standard error why, as a log does, and nowhere else', async () => {
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
