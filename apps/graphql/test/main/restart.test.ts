import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateWacrRows, startWacrEmulator } from '@waybill/emulators'
import { expect, onTestFinished, test } from 'vitest'
import { clientOf } from '../server/support/harness.js'
import { WACR_TOKEN } from '../server/support/secrets.js'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { readyUrl, spawnWaybill } from './waybill-process.js'

const ROWS = generateWacrRows({ count: 250, seed: 3 })
const QUERY = `query ($after: String) {
  messages(first: 100, after: $after) { totalCount nodes { upstreamId direction } pageInfo { hasNextPage endCursor } }
}`

interface Page {
  readonly totalCount: number
  readonly nodes: readonly { readonly upstreamId: string }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** A folder with the configuration of a server that reads an emulated tenant. */
async function folderWith(archive: object): Promise<string> {
  const wacr = await startWacrEmulator({ token: WACR_TOKEN, rows: ROWS, tableOptions: { ties: 'shuffle' } })
  onTestFinished(() => wacr.close())
  const folder = await temporaryFolder()
  const options = { token: '${TOKEN}', baseUrl: wacr.url }
  const sources = [{ id: 'shop', provider: '@waybill/provider-wacr', options }]
  const configuration = { server: { port: 0 }, sources, ...archive }
  await writeFile(join(folder, 'waybill.config.json'), JSON.stringify(configuration))
  return folder
}

test.each([
  ['live', {}, 'SIGTERM'],
  ['live', {}, 'SIGKILL'],
  ['archived', { archive: { url: 'sqlite:./history.db' } }, 'SIGKILL'],
] as const)('a cursor goes on in a new process: %s, after %j and %s', async (_mode, archive, signal) => {
  const cwd = await folderWith(archive)
  const seen: string[] = []
  let after: string | null = null
  do {
    // Each page comes from a process of its own.
    const waybill = spawnWaybill({ cwd, env: { TOKEN: WACR_TOKEN } })
    const { ask } = clientOf(new URL('/', await readyUrl(waybill)).origin)
    let page: Page
    do {
      const { data, errors } = await ask(QUERY, { after })
      expect(errors).toEqual([])
      page = (data as { messages: Page }).messages
      // An archive is filled at first.
    } while (page.totalCount < ROWS.length)
    seen.push(...page.nodes.map(({ upstreamId }) => upstreamId))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    waybill.signal(signal)
    await waybill.exited
  } while (after !== null)
  expect(seen.toSorted()).toEqual(ROWS.map(({ id }) => String(id)).toSorted())
})
