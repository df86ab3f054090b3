import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.js'

const BINARY = /\.(?:png|jpg|gif|ico|woff2?|db)$/

export interface TrackedFile {
  /** Relative to the repository's folder. */
  readonly path: string
  readonly text: string
}

/** The text files of the repository: what is committed, and what is about to be. */
export function trackedFiles(matching: RegExp = /./): TrackedFile[] {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listing
    .split('\0')
    .filter(
      (path) => path !== '' && matching.test(path) && !BINARY.test(path) && existsSync(join(root, path)),
    )
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
