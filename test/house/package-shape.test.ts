import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeBlocks, section } from '../support/markdown.js'
import { publicPackages, repositoryUrl, root, workspacePackages } from '../support/workspace.js'

const FILES = ['LICENSE', 'README.md', 'package.json', 'src/index.ts', 'tsconfig.build.json', 'tsconfig.json']
const license = readFileSync(join(root, 'LICENSE'), 'utf8')

describe('the workspace', () => {
  it('has packages, and they are public', () => {
    expect(publicPackages.length).toBeGreaterThanOrEqual(7)
  })

  it('gives no two packages one name', () => {
    expect(new Set(workspacePackages.map(({ name }) => name)).size).toBe(workspacePackages.length)
  })
})

describe.each(publicPackages)('$name', ({ name, shortName, path, manifest }) => {
  it('has the files that every package has', () => {
    expect(FILES.filter((file) => !existsSync(join(path, file)))).toEqual([])
  })

  it('is named after its folder', () => {
    expect(name).toBe(shortName === 'cli' ? 'waybill' : `@waybill/${shortName}`)
  })

  it('is described like every package', () => {
    expect(manifest).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      description: expect.stringMatching(/^[A-Z].{20,}\.$/),
      license: 'MIT',
      type: 'module',
      files: expect.arrayContaining(['dist', 'src', 'CHANGELOG.md', 'README.md', 'LICENSE']),
      engines: { node: '>=22.14.0' },
      publishConfig: { access: 'public', provenance: true },
    })
    expect(manifest).toHaveProperty('sideEffects')
  })

  it('is found on npm, and leads back to its folder in the repository', () => {
    const directory = relative(root, path)
    expect(manifest).toMatchObject({
      keywords: expect.arrayContaining(['waybill', 'whatsapp']),
      homepage: `${repositoryUrl}/tree/main/${directory}#readme`,
      bugs: { url: `${repositoryUrl}/issues` },
      repository: { type: 'git', url: `git+${repositoryUrl}.git`, directory },
    })
  })

  it('exports ES modules with their types first', () => {
    const { './package.json': own, ...entries } = manifest.exports ?? {}
    expect(own).toBe('./package.json')
    expect(Object.keys(entries)).toContain('.')
    for (const entry of Object.values(entries)) {
      if (typeof entry === 'string') continue
      expect(Object.keys(entry ?? {})).toEqual(['types', 'default'])
    }
  })

  it('is built and checked by the same commands', () => {
    expect(manifest.scripts).toMatchObject({
      build: expect.stringContaining('tsc -p tsconfig.build.json'),
      types: expect.stringContaining('tsc -p tsconfig.json'),
      prepack: 'node ../../scripts/prepack.mjs',
    })
  })

  it('carries the licence', () => {
    expect(readFileSync(join(path, 'LICENSE'), 'utf8')).toBe(license)
  })

  it('has one example in its README', () => {
    const example = section(readFileSync(join(path, 'README.md'), 'utf8'), '## Example')
    expect(codeBlocks(example ?? '', 'ts')).toHaveLength(1)
  })
})
