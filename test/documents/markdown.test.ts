import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchors, codeBlocks, linkTargets, section } from '../support/markdown.js'
import { trackedFiles } from '../support/tracked-files.js'
import { readManifest, root } from '../support/workspace.js'

const OWN_COMMANDS = ['install', 'exec', 'add', 'store', 'pack', 'publish']
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

describe('the root README', () => {
  it('is there', () => {
    expect(documents.map(({ path }) => path)).toContain('README.md')
  })
})

describe.each(documents)('$path', ({ path, text }) => {
  it('links to what exists', () => {
    expect(linkTargets(text).filter((target) => !resolves(path, target))).toEqual([])
  })

  it('names commands that exist', () => {
    const known = new Set([...Object.keys(readManifest(root).scripts ?? {}), ...OWN_COMMANDS])
    const named = [...text.matchAll(/\bpnpm@12 (?:run )?([a-z][\w:-]*)/g)].map(([, command = '']) => command)
    expect(named.filter((command) => !known.has(command))).toEqual([])
  })
})

function resolves(from: string, target: string): boolean {
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) return true
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? join(root, from) : join(root, dirname(from), decodeURI(file))
  if (!existsSync(path)) return false
  return anchor === undefined || !path.endsWith('.md') || anchors(readFileSync(path, 'utf8')).has(anchor)
}
