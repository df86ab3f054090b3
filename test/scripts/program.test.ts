import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { checkAddresses, checkImports } from '../../scripts/program/check-bundle.js'
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
  const known = { dependencies: { '@a/b': '1.0.0', c: '1.0.0' }, files: new Set(['program/chunk.js']) }
  const imports = ['@a/b/part', 'c', 'node:fs', 'fs', 'program/chunk.js']
  expect(() => checkImports(imports, known)).not.toThrow()
  for (const part of ['@a/d/part', '@a/d/part.js'])
    expect(() => checkImports([...imports, part], known)).toThrow(
      /imports @a\/d\/part(?:\.js)?: add @a\/d to/,
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
  const bare = { name: 'bare', version: '2.0.0', license: 'MIT', author: { name: 'Somebody' } }
  await mkdir(join(folder, 'bare'))
  await writeFile(join(folder, 'bare', 'package.json'), JSON.stringify(bare))
  const modules = ['plain/index.js', 'plain/deep/part.js'].map((file) => join(folder, file))
  expect(licensesOf([...modules, '/own/dist/main.js']).split('## ')).toEqual([
    expect.stringContaining('# Licenses'),
    'plain 1.2.3 (MIT)\n\nText of plain\n',
  ])
  expect(licensesOf([join(folder, 'bare/index.js')])).toMatch(
    /## bare 2\.0\.0 \(MIT\)\n\nCopyright \(c\) Somebody\n\n[^]*Permission is hereby granted/,
  )
  expect(() => licensesOf(['/own/dist/main.js'])).toThrow(/no package/)
  expect(() => licensesOf([join(folder, '@scope/none/index.js')])).toThrow(
    /@scope\/none 1\.2\.3 names no licence/,
  )
})
