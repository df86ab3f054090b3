import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, packageOf, specifiersOf } from '../support/imports.js'
import { runtimeDependencies, type WorkspacePackage, workspacePackages } from '../support/workspace.js'

const EVERYTHING = /./

/** Which packages of the workspace a package may build on, by folder. */
const MAY_USE: Readonly<Record<string, RegExp>> = {
  core: /^$/,
  emulators: /^$/,
  http: /^core$/,
  'provider-*': /^(?:core|http)$/,
  engine: /^core$/,
  archive: /^(?:core|engine)$/,
  reconcile: /^core$/,
  export: /^(?:core|engine|archive|reconcile)$/,
  testkit: /^(?:core|engine)$/,
  runtime: /^(?:core|http|engine|archive|reconcile|provider-.*)$/,
  web: /^(?:core|reconcile)$/,
  graphql: EVERYTHING,
  cli: EVERYTHING,
  bench: EVERYTHING,
}

/** Code that serves every provider alike, and so must not know any. */
const PROVIDER_AGNOSTIC = ['core', 'http', 'engine', 'archive', 'reconcile', 'export', 'testkit']
const PROVIDER_NAME = /octopods|\bwa\.?cr/i

const apps = new Set(workspacePackages.filter(({ path }) => path.includes('/apps/')).map(({ name }) => name))
const byName = new Map(workspacePackages.map((entry) => [entry.name, entry]))

function mayUse({ shortName }: WorkspacePackage, dependency: string): boolean {
  const rule = MAY_USE[shortName.startsWith('provider-') ? 'provider-*' : shortName]
  const used = byName.get(dependency)
  if (rule === undefined || used === undefined || used.manifest.private === true) return false
  return rule.test(used.shortName) && (shortName === 'cli' || !apps.has(dependency))
}

function sourceImports(entry: WorkspacePackage): string[] {
  return importsOf(join(entry.path, 'src')).map(({ specifier }) => packageOf(specifier))
}

function ofWorkspace(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => byName.has(name))
}

describe('reading imports', () => {
  it('finds static, bare and dynamic ones, over several lines too', () => {
    const text = [
      `import type {\n  A,\n} from 'a'`,
      `export * from "b"`,
      `import './c.js'`,
      `const d = await import('d/e')`,
    ]
    expect(specifiersOf(text.join('\n'))).toEqual(['a', 'b', './c.js', 'd/e'])
  })

  it('names the package of a path inside it', () => {
    expect(['@a/b/c', 'd/e', './f.js', 'node:fs'].map(packageOf)).toEqual(['@a/b', 'd', './f.js', 'node:fs'])
  })
})

describe.each(workspacePackages)('$name', (entry) => {
  it('has a place in the order of packages', () => {
    const key = entry.shortName.startsWith('provider-') ? 'provider-*' : entry.shortName
    expect(Object.keys(MAY_USE)).toContain(key)
  })

  it('builds only on packages below it', () => {
    const used = ofWorkspace([...runtimeDependencies(entry.manifest), ...sourceImports(entry)])
    expect(used.filter((name) => !mayUse(entry, name))).toEqual([])
  })

  it('imports only what it declares', () => {
    const declared = new Set([...runtimeDependencies(entry.manifest), entry.name])
    const foreign = sourceImports(entry).filter((name) => !/^(?:\.|node:)/.test(name))
    expect([...new Set(foreign)].filter((name) => !declared.has(name))).toEqual([])
  })

  it('reaches other packages by their names, in tests too', () => {
    const up = ['src', 'test'].flatMap((folder) =>
      importsOf(join(entry.path, folder)).filter(({ specifier }) => /(?:packages|apps)\//.test(specifier)),
    )
    expect(up).toEqual([])
  })

  it('does not use an app in its tests', () => {
    const tested = importsOf(join(entry.path, 'test')).map(({ specifier }) => packageOf(specifier))
    const used = [...Object.keys(entry.manifest.devDependencies ?? {}), ...tested]
    expect(used.filter((name) => apps.has(name) && name !== entry.name)).toEqual([])
  })
})

describe('core', () => {
  const core = byName.get('@waybill/core')

  it('depends on nothing', () => {
    expect(core && runtimeDependencies(core.manifest)).toEqual([])
  })

  it('runs anywhere: it uses nothing of Node', () => {
    expect(core && sourceImports(core).filter((name) => !name.startsWith('.'))).toEqual([])
  })
})

describe.each(workspacePackages.filter(({ shortName }) => PROVIDER_AGNOSTIC.includes(shortName)))(
  '$name',
  ({ path }) => {
    it('names no provider in its source', () => {
      const files = globSync('**/*.ts', { cwd: join(path, 'src') })
      const naming = files.filter((file) => PROVIDER_NAME.test(readFileSync(join(path, 'src', file), 'utf8')))
      expect(files).not.toEqual([])
      expect(naming).toEqual([])
    })
  },
)
