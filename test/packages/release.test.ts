import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/provider-folder.js'
import { run, tool } from '../support/run.js'
import { trackedFiles } from '../support/tracked-files.js'
import { publicPackages, readManifest, root } from '../support/workspace.js'

/** All that a release reads and writes. */
const RELEASED =
  /(?:^|\/)(?:package\.json|README\.md|LICENSE)$|^\.changeset\/|^pnpm-(?:workspace|lock)\.yaml$/

/** A copy of the workspace in which `changeset version` has run. */
async function releasedCopy(): Promise<string> {
  const folder = await temporaryFolder()
  for (const { path, text } of trackedFiles(RELEASED)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  await run(tool('changeset'), ['version'], { cwd: folder })
  return folder
}

describe('the first release', () => {
  it('gives every package its version and a changelog, which is packed', async () => {
    const folder = await releasedCopy()
    const unreleased = publicPackages.filter(({ manifest }) => manifest.version === '0.0.0')
    for (const { path } of unreleased) {
      const copy = join(folder, relative(root, path))
      expect(readManifest(copy).version).toBe('0.1.0')
      expect(await readFile(join(copy, 'CHANGELOG.md'), 'utf8')).toMatch(
        /## 0\.1\.0\n\n### Minor Changes\n\n- \S/,
      )
    }
    expect(await packedFiles(join(folder, 'packages/core'))).toContain('CHANGELOG.md')
  })
})

async function packedFiles(folder: string): Promise<readonly string[]> {
  const output = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: folder })
  const [packed] = JSON.parse(output) as { files: { path: string }[] }[]
  return packed?.files.map(({ path }) => path) ?? []
}
