import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The part of a process that tells of its end. */
export type ExitHost = Pick<NodeJS.Process, 'on' | 'off'>

/** A folder for temporary files that does not outlive the process. */
export interface TempDir {
  readonly path: string
  remove(): void
}

/** Makes a folder, and removes it at the latest when the process exits by itself: only what kills it leaves the folder. */
export function createTempDir(host: ExitHost): TempDir {
  const path = mkdtempSync(join(tmpdir(), 'waybill-demo-'))
  // Nothing asynchronous is waited for at an exit.
  const remove = (): void => {
    host.off('exit', remove)
    rmSync(path, { recursive: true, force: true })
  }
  host.on('exit', remove)
  return { path, remove }
}
