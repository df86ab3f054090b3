import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'

test.each([
  [
    'missing/out.csv',
    1,
    'missing/out.csv cannot be written: its folder does not exist. Make the folder, and run',
  ],
  [
    '/proc/out.csv',
    1,
    '/proc/out.csv cannot be written: the system allows no new file in its folder. Choose',
  ],
  ['notes.txt/out.csv', 1, 'notes.txt/out.csv cannot be written: a part of its path is not a folder. Choose'],
  ['folder', 2, 'folder is not a regular file: choose another --output, or leave it out for standard output'],
  ['device', 2, 'device is not a regular file: choose another --output'],
])('an output that cannot be written is named as the user named it: %s', async (output, code, words) => {
  const { cwd, octopods } = await startUpstreams()
  await mkdir(join(cwd, 'folder'))
  await writeFile(join(cwd, 'notes.txt'), '')
  await symlink('/dev/null', join(cwd, 'device'))
  const before = await readdir(cwd)
  for (const flags of [[], ['--overwrite'], ['--resume']]) {
    const finished = await runWaybill(['export', '--output', output, ...flags], { cwd })
    expect(finished).toMatchObject({ code, stdout: '' })
    expect(finished.stderr.startsWith(`error: ${words}`)).toBe(true)
    expect(finished.stderr).not.toContain(cwd)
    // Nothing has begun.
    expect(finished.stderr).not.toContain('continues with --resume')
  }
  expect(await readdir(cwd)).toEqual(before)
  expect(octopods.log).toEqual([])
})
