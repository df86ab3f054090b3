import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './workspace.js'

const BINARY = /\.(?:png|jpg|gif|ico|woff2?|db)$/

export interface TrackedFile {
  /** Relative to the repository's folder. */
  readonly path: string
  readonly text: string
}

/** What a build, a test or an installation leaves behind; in a repository git knows it from `.gitignore`. */
const LEFT_BEHIND: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage', '.turbo'])

/** The text files of the repository: what is committed, and what is about to be. */
export function trackedFiles(matching: RegExp = /./): TrackedFile[] {
  const paths = existsSync(join(root, '.git')) ? listedByGit() : listedHere()
  return paths
    .filter((path) => matching.test(path) && !BINARY.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function listedByGit(): string[] {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listing.split('\0').filter((path) => path !== '')
}

/** In a copy without its repository, such as a downloaded archive. */
function listedHere(): string[] {
  const entries = globSync(['**', '**/.*', '.*/**'], {
    cwd: root,
    withFileTypes: true,
    exclude: ({ name }) => LEFT_BEHIND.has(name),
  })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}
