import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findLeaks, findSecrets } from './find-leaks.js'
import { SECRET_MARK, SECRETS } from './secrets.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder into which tests write what the server sent and logged. */
    readonly transcripts: string
  }
}

/** Reads, after the last test, all that the server sent and logged during the run, and fails the run for a leak. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-transcripts-'))
  project.provide('transcripts', folder)
  return async () => {
    try {
      await checkTranscripts(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

function findIn(file: string, text: string): string[] {
  const found = file.endsWith('.output.txt') ? findSecrets(text, SECRETS) : findLeaks(text, SECRETS)
  return text.toLowerCase().includes(SECRET_MARK) && found.length === 0
    ? [`a secret of some test: ${SECRET_MARK}`]
    : found
}

/** @throws Error that lists every leak in the files of a folder. */
export async function checkTranscripts(folder: string): Promise<void> {
  const leaks: string[] = []
  for (const file of await readdir(folder)) {
    const text = await readFile(join(folder, file), 'utf8')
    leaks.push(...findIn(file, text).map((leak) => `${file}: ${leak}`))
  }
  if (leaks.length > 0) throw new Error(`The server leaks:\n${leaks.join('\n')}`)
}
