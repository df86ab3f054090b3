import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchors, codeBlocks, linkTargets, section } from '../support/markdown.js'
import { trackedFiles } from '../support/tracked-files.js'
import { publicPackages, readManifest, repositoryUrl, root, workspacePackages } from '../support/workspace.js'

const OWN_COMMANDS = ['install', 'exec', 'add', 'store', 'pack', 'publish']
/** Pages of the repository's site that are no files of it. */
const OWN_PAGES = /\/(?:issues|security\/advisories\/new)$/
const documents = trackedFiles(/\.md$/).filter(({ path }) => !path.startsWith('.changeset/'))

describe('reading Markdown', () => {
  const sample =
    '# A `b` (c)\n\n[x](#a-b-c) `[no](none.md)`\n\n```ts\n// [no](none.md)\n# B\n```\n\n## D\n\nd\n\n# E\n'

  it('finds links, anchors, sections and blocks', () => {
    expect(linkTargets(sample)).toEqual(['#a-b-c'])
    expect([...anchors(sample)]).toEqual(['a-b-c', 'd', 'e'])
    expect(section(sample, '## D')?.trim()).toBe('d')
    expect(section(sample, '# A `b` (c)')).toContain('# B')
    expect(codeBlocks(sample, 'ts')).toEqual(['// [no](none.md)\n# B\n'])
  })
})

describe.each(['README.md', 'docs/architecture.md'])('%s', (file) => {
  it('leads to every public package', () => {
    const text = documents.find(({ path }) => path === file)?.text ?? ''
    const targets = linkTargets(text).map((target) => join(dirname(file), target))
    const folders = publicPackages.map(({ path }) => relative(root, path))
    expect(folders.filter((folder) => !targets.includes(folder))).toEqual([])
  })
})

describe.each(documents.filter(({ path }) => /^(?:packages|apps)\/[^/]+\/README\.md$/.test(path)))(
  '$path, which npm shows outside of the repository',
  ({ path, text }) => {
    it('links to files of its own package, or by whole addresses', () => {
      const shipped = new Set(readManifest(join(root, dirname(path))).files)
      const inside = linkTargets(text).filter((target) => !/^(?:#|[a-z][a-z\d+.-]*:)/i.test(target))
      const lost = inside.filter((target) => !shipped.has(target.replace(/[/#].*$/, '')))
      expect(lost.map((target) => `${target}: use ${repositoryUrl}/blob/main/…`)).toEqual([])
    })
  },
)

describe.each(documents)('$path', ({ path, text }) => {
  it('links to what exists', () => {
    expect(linkTargets(text).filter((target) => !resolves(path, target))).toEqual([])
  })

  it('names commands that exist', () => {
    const manifests = [readManifest(root), ...workspacePackages.map(({ manifest }) => manifest)]
    const scripts = manifests.flatMap((manifest) => Object.keys(manifest.scripts ?? {}))
    const known = new Set([...scripts, ...OWN_COMMANDS])
    const named = [...text.matchAll(/\bpnpm@12 (?:run )?([a-z][\w:-]*)/g)].map(([, command = '']) => command)
    expect(named.filter((command) => !known.has(command))).toEqual([])
  })
})

/** Links into the published repository are followed here; links to other sites are taken to exist. */
function resolves(from: string, target: string): boolean {
  if (target.startsWith(`${repositoryUrl}/`)) {
    const [, path] = /^\/(?:blob|tree|raw)\/main\/(.+)$/.exec(target.slice(repositoryUrl.length)) ?? []
    return path === undefined ? OWN_PAGES.test(target) : exists(join(root, path))
  }
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) return true
  return exists(target.startsWith('#') ? join(root, from) + target : join(root, dirname(from), target))
}

function exists(target: string): boolean {
  const [file = '', anchor] = target.split('#')
  const path = decodeURI(file)
  if (!existsSync(path)) return false
  return anchor === undefined || !path.endsWith('.md') || anchors(readFileSync(path, 'utf8')).has(anchor)
}
