import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { checkAddresses } from '../../scripts/program/check-addresses.js'
import { checkImports } from '../../scripts/program/check-imports.js'
import { licensesOf } from '../../scripts/program/licenses.js'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-program-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

it.each([
  `new URL('thread.js', import.meta.url)`,
  `new URL("thread.js", import.meta.url)`,
  `new URL(\n  import.meta.url.endsWith('.ts') ? 'thread.ts' : 'thread.js',\n  import.meta.url,\n)`,
  `new URL('../thread.js', import.meta.url)`,
  `new URL('../files/', import.meta.url)`,
])('a bundle is refused if a file that it looks for is not beside it: %s', async (code) => {
  const folder = await temporaryFolder()
  const file = join(folder, 'program/main.js')
  expect(() => checkAddresses(file, code)).toThrow(/looks for \S*(?:thread\.js|files\/), which is not there/)

  await mkdir(join(folder, 'program'))
  await mkdir(join(folder, 'files'))
  await writeFile(join(folder, 'thread.js'), '')
  await writeFile(join(folder, 'program/thread.js'), '')
  expect(() => checkAddresses(file, code)).not.toThrow()
})

it('a bundle is refused if it imports what its package does not declare', () => {
  const dependencies = { '@a/b': '1.0.0', c: '1.0.0' }
  const imports = ['@a/b/part', 'c', 'node:fs', 'fs', 'program/chunk.js']
  expect(() => checkImports(imports, dependencies)).not.toThrow()
  expect(() => checkImports([...imports, '@a/d/part'], dependencies)).toThrow(
    /imports @a\/d\/part: add @a\/d to/,
  )
})

it('a bundle has the licences of the packages in it, each once', async () => {
  const folder = join(await temporaryFolder(), 'node_modules')
  for (const [name, license] of [
    ['plain', 'MIT'],
    ['@scope/none', undefined],
  ] as const) {
    await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, name, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }))
    await writeFile(join(folder, name, 'LICENSE.md'), `Text of ${name}\n`)
  }
  const modules = ['plain/index.js', 'plain/deep/part.js'].map((file) => join(folder, file))
  expect(licensesOf([...modules, '/own/dist/main.js']).split('## ')).toEqual([
    expect.stringContaining('# Licenses'),
    'plain 1.2.3 (MIT)\n\nText of plain\n',
  ])
  expect(() => licensesOf([join(folder, '@scope/none/index.js')])).toThrow(
    /@scope\/none 1\.2\.3 names no licence/,
  )
})
