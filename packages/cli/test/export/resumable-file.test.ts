import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resumableFile } from '../../src/export/resumable-file.js'
import { temporaryFolder } from '../support/upstreams.js'

const QUERY = 'all messages'
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

test.each([
  ['after its last page', 'first page\n', 'second page\n'],
  ['after its first line, before any page', '', 'head\n'],
])('an export that ends %s continues at the last cursor', async (_when, kept, lost) => {
  const file = { path: join(await temporaryFolder(), 'out.csv'), name: 'out.csv' }
  const cursor = kept === '' ? null : 'after-first-page'
  const target = await resumableFile(file, 'new', QUERY)
  const point = { messages: 10, unexplained: 0, reports: [], total: null }
  await target.output.write(bytesOf(kept))
  await target.save({ ...point, cursor, bytes: target.output.bytes })
  await target.output.write(bytesOf(lost))
  await target.save({ ...point, cursor: null, bytes: target.output.bytes })
  await target.close()
  const resumed = await resumableFile(file, 'resume', QUERY)
  await resumed.close()
  expect(resumed.start.cursor).toBe(cursor)
  expect(await readFile(file.path, 'utf8')).toBe(kept)
})
