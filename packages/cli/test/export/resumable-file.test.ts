import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
  expect(await readFile(`${file.path}.part`, 'utf8')).toBe(kept)
  await expect(readFile(file.path)).rejects.toThrow('ENOENT')
})

test('an export that replaces a file leaves it as it was until it is whole itself', async () => {
  const file = { path: join(await temporaryFolder(), 'out.csv'), name: 'out.csv' }
  await writeFile(file.path, 'earlier\n')
  const target = await resumableFile(file, 'overwrite', QUERY)
  await target.output.write(bytesOf('new\n'))
  const point = { cursor: 'first', messages: 1, unexplained: 0, reports: [], total: null }
  await target.save({ ...point, bytes: target.output.bytes })
  await target.close()
  expect(await readFile(file.path, 'utf8')).toBe('earlier\n')
  await expect(resumableFile(file, 'new', QUERY)).rejects.toThrow('is unfinished: continue with --resume')
  const resumed = await resumableFile(file, 'resume', QUERY)
  await resumed.finish()
  await resumed.close()
  expect(await readFile(file.path, 'utf8')).toBe('new\n')
  expect(await readdir(dirname(file.path))).toEqual(['out.csv'])
})

test('a file that appeared while an export was unfinished is not replaced', async () => {
  const file = { path: join(await temporaryFolder(), 'out.csv'), name: 'out.csv' }
  const target = await resumableFile(file, 'new', QUERY)
  await target.close()
  await writeFile(file.path, 'of somebody else\n')
  await expect(resumableFile(file, 'resume', QUERY)).rejects.toThrow('out.csv exists: start again')
  expect(await readFile(file.path, 'utf8')).toBe('of somebody else\n')
})

test('a part of which nothing says how far it came is not continued', async () => {
  const file = { path: join(await temporaryFolder(), 'out.csv'), name: 'out.csv' }
  await writeFile(`${file.path}.part`, 'half')
  for (const mode of ['new', 'resume'] as const)
    await expect(resumableFile(file, mode, QUERY)).rejects.toThrow('nothing says how far it came')
  const target = await resumableFile(file, 'overwrite', QUERY)
  await target.finish()
  await target.close()
  expect(await readFile(file.path, 'utf8')).toBe('')
})
