import { describe, expect, it } from 'vitest'
import { trackedFiles } from '../support/tracked-files.js'
import { publicPackages } from '../support/workspace.js'

const changesets = trackedFiles(/^\.changeset\/.*\.md$/).filter(({ path }) => !path.endsWith('/README.md'))
const names = new Set(publicPackages.map(({ name }) => name))

describe('changesets', () => {
  it('name packages that exist, and how each is released', () => {
    const unknown = changesets.flatMap(({ path, text }) =>
      releases(text).flatMap(({ name, bump }) =>
        names.has(name) && /^(?:major|minor|patch)$/.test(bump) ? [] : [`${path}: ${name} ${bump}`],
      ),
    )
    expect(unknown).toEqual([])
  })

  it('describe what changed', () => {
    const silent = changesets.filter(({ text }) => text.replace(/^---[\s\S]*?^---$/m, '').trim().length < 20)
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('announce every package that was never released, each in one file of its own', () => {
    const unreleased = publicPackages.filter(({ manifest }) => manifest.version === '0.0.0')
    const files = unreleased.map(({ name }) => ({
      name,
      files: changesets
        .filter(({ text }) => releases(text).some((release) => release.name === name))
        .map(({ path }) => path),
    }))
    const expected = unreleased.map(({ name, shortName }) => ({
      name,
      files: [`.changeset/${shortName}-first-release.md`],
    }))
    expect(files).toEqual(expected)
  })
})

function releases(changeset: string): { name: string; bump: string }[] {
  const head = /^---\n([\s\S]*?)^---$/m.exec(changeset)?.[1] ?? ''
  return head
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = line, bump = ''] = /^['"]?([^'":]+)['"]?:\s*(\w+)\s*$/.exec(line) ?? []
      return { name, bump }
    })
}
